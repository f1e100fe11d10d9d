import * as z from 'zod';
import { EVENT_SOURCE } from '../../lambdas/manifest/event-source.ts';
import { EVENTS, type EventDefinition } from '../../lambdas/manifest/events.ts';

/** docs/events.md, made from the table of events. */
export function eventsText(): string {
  return `# Events

Made from \`lambdas/manifest/events.ts\` by \`node local/http/write-events.ts\`; a test fails when this page is older than it is.

What has happened in the portal is told to other systems in two ways, from one outbox that is written in the transaction of
what it tells of: on the EventBridge bus (source \`${EVENT_SOURCE}\`, \`detail-type\` is the type; here, a line of
\`.portal/events.jsonl\`), and by [webhooks](api.md#webhooks) of organizations.

- At least once: an event comes again after a crash, always with the same \`id\`. Remember ids, or read the thing anew.
- In no order: read the thing itself where order matters.
- On the bus, \`detail\` has the \`id\` beside the fields below. A webhook's body is
  \`{"type": …, "timestamp": …, "data": {…}}\`; its \`webhook-id\` is the event's.
- Fields are only ever added: take those you know and pass over all others, and values of an enumeration that you don't know.
- There are no names, addresses, prices or secrets in them, but for an invoice's amount, which its aggregator and the vendor
  are told.

${Object.entries<EventDefinition>(EVENTS)
  .map(([type, definition]) => sectionOf(type, definition))
  .join('\n')}`;
}

type Field = {
  type?: string;
  format?: string;
  enum?: readonly string[];
  description?: string;
};

function sectionOf(type: string, { description, detail, parties, example }: EventDefinition): string {
  const { properties = {}, required = [] } = z.toJSONSchema(detail, { io: 'input' });
  const rows = Object.entries(properties as Record<string, Field>).map(([name, field]) => {
    const isOptional = !required.includes(name);
    return `| \`${name}\` | ${typeOf(field)}${isOptional ? ', optional' : ''} | ${field.description ?? ''} |`;
  });
  const told = ['the vendor', ...parties.map((party) => PARTIES[party])].join(', ');
  return `## ${type}

${description} By webhook: ${told}.

| Field | Type | |
|---|---|---|
${rows.join('\n')}

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}

const PARTIES: Readonly<Record<EventDefinition['parties'][number], string>> = {
  AGGREGATOR: 'the aggregator it names',
  SERVICE_PROVIDER: 'the service provider it names',
};

const typeOf = ({ type, format, enum: values }: Field): string =>
  values ? values.map((value) => `\`${value}\``).join(' ') : (format ?? type ?? '');
