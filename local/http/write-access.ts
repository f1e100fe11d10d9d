import { writeFileSync } from 'node:fs';
import { accessText } from './access-page.ts';

writeFileSync(new URL('../../docs/access.md', import.meta.url), accessText());
