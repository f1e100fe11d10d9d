const MOST_TAGS = 20;
const LONGEST_TAG = 50;

/** What is wrong with the tags of a contract, undefined when nothing is: a few short texts, each once. */
export function tagsFault(tags: readonly string[]): { field: string; message: string } | undefined {
  if (tags.length > MOST_TAGS) return { field: 'tags', message: `must be at most ${MOST_TAGS}` };
  const index = tags.findIndex(
    (tag, at) => tag.trim() !== tag || tag === '' || tag.length > LONGEST_TAG || tags.indexOf(tag) < at,
  );
  if (index < 0) return undefined;
  const message = `must have 1 to ${LONGEST_TAG} characters, no space around them, and be there once`;
  return { field: `tags[${index}]`, message };
}
