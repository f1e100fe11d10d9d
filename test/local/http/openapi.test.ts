import { readFileSync } from 'node:fs';
import { PROBLEMS } from '../../../lambdas/use-cases/errors.ts';
import { accessText } from '../../../local/http/access-page.ts';
import { openApiText } from '../../../local/http/openapi.ts';
import { PUBLISHED_STRUCTURES } from '../../../local/http/published-api.ts';
import { publishedSummary, publishedText } from '../../../local/http/published-page.ts';

const docs = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

test('docs/openapi.json is what the route table says: else run node local/http/write-openapi.ts', () => {
  expect(docs('openapi.json') === openApiText()).toBe(true);
});

test('docs/access.md is what the table of access says: else run node local/http/write-access.ts', () => {
  expect(docs('access.md')).toBe(accessText());
});

test('docs/published-api.md is what the route table says: else run node local/http/write-published.ts', () => {
  expect(docs('published-api.md')).toBe(publishedText());
  expect(docs('api.md')).toContain(publishedSummary());
});

test('every published structure stands where docs/published-api.md says', () => {
  const { schemas } = JSON.parse(openApiText()).components;
  const isThere = (place: string) => {
    const [schema = '', field] = place.split(/[.[]/);
    return schema in schemas && (field === undefined || field in schemas[schema].properties);
  };
  const places = Object.values(PUBLISHED_STRUCTURES).flatMap((each) => Object.values(each).flat());
  expect(places.filter((place) => !isThere(place))).toEqual([]);
});

test('docs/api.md lists exactly the problems there are', () => {
  const rows = [...docs('api.md').matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| (.+) \|$/gm)].map(
    ([, code, status, title]) => ({
      code,
      status: Number(status),
      title,
    }),
  );
  expect(rows).toEqual(Object.entries(PROBLEMS).map(([code, problem]) => ({ code, ...problem })));
});

test('every reference in the document leads somewhere, and every operation says how it is refused', () => {
  const document = JSON.parse(openApiText());
  for (const [, name] of openApiText().matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  for (const path of Object.values<Record<string, { responses: object; security?: unknown[] }>>(document.paths)) {
    for (const operation of Object.values(path)) {
      const statuses = Object.keys(operation.responses);
      expect(statuses).toEqual(expect.arrayContaining(['400', '500']));
      if (!operation.security) expect(statuses).toEqual(expect.arrayContaining(['401', '403']));
    }
  }
});
