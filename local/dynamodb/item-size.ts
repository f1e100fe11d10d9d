import type { AttributeValue, Item } from './wire.ts';

/**
 * Size of an item in bytes, as DynamoDB counts it for its 400 KB, 1 MB, 4 MB and 16 MB limits and for request units:
 * UTF-8 names and strings, numbers at two digits a byte plus one, 3 bytes for a list or map and 1 for each element.
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) size += Buffer.byteLength(name) + valueSize(item[name]!);
  return size;
}

function valueSize(value: AttributeValue): number {
  for (const type in value) {
    const content = value[type];
    switch (type) {
      case 'S':
        return Buffer.byteLength(content as string);
      case 'N':
        return numberSize(content as string);
      case 'B':
        return Buffer.byteLength(content as string, 'base64');
      case 'SS':
        return (content as string[]).reduce((sum, member) => sum + Buffer.byteLength(member), 0);
      case 'NS':
        return (content as string[]).reduce((sum, member) => sum + numberSize(member), 0);
      case 'BS':
        return (content as string[]).reduce((sum, member) => sum + Buffer.byteLength(member, 'base64'), 0);
      case 'L':
        return (content as AttributeValue[]).reduce((sum, member) => sum + 1 + valueSize(member), 3);
      case 'M':
        return 3 + Object.keys(content as Item).length + itemSize(content as Item);
      default:
        return 1;
    }
  }
  return 0;
}

function numberSize(digits: string): number {
  return 1 + Math.ceil(digits.length / 2);
}
