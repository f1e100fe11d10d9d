import { writeFileSync } from 'node:fs';
import { eventsText } from './events-page.ts';

writeFileSync(new URL('../../docs/events.md', import.meta.url), eventsText());
