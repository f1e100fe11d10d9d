const JSON_RANGES = ['application/json', 'application/*'];

/** Whether `Accept` asks for CSV, and not rather for JSON. Whatever else it asks for, the answer is JSON. */
export function wantsCsv(accept = ''): boolean {
  const qualities = new Map(
    accept.split(',').map((range) => {
      const [media = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return [media, quality === undefined ? 1 : Number(quality.slice(2)) || 0] as const;
    }),
  );
  const qualityOf = (...ranges: string[]) => Math.max(...ranges.map((range) => qualities.get(range) ?? 0));
  return qualityOf('text/csv') > 0 && qualityOf('text/csv') >= qualityOf(...JSON_RANGES);
}
