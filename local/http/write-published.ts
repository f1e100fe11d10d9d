import { writeFileSync } from 'node:fs';
import { publishedText } from './published-page.ts';

writeFileSync(new URL('../../docs/published-api.md', import.meta.url), publishedText());
