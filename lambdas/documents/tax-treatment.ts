import type { CanonicalDraft } from './canonical-invoice.ts';
import { exact } from './exact.ts';

type Party = CanonicalDraft['vendor'];
type Taxed = Pick<CanonicalDraft, 'kind' | 'taxes' | 'vendor' | 'billTo'>;

// As VAT numbers begin: Greece writes EL.
const EU_STATES = new Set(
  'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
// Northern Ireland, and neighbours that EN 16931 names.
const VAT_PREFIXES = new Set([...EU_STATES, ...'CH GB LI NO XI'.split(' ')]);

/** Whether a registration number is one for VAT: the state's letters, then the number (BR-CO-09). */
export function isVatNumber(taxId: string): boolean {
  return VAT_PREFIXES.has(taxId.slice(0, 2)) && /^[A-Z0-9+*]{4,}$/.test(taxId.slice(2).replace(/[ .-]/g, ''));
}

/** The member state of the EU that a party is in and has a VAT number of. */
function memberState({ countryRegion, taxId = '' }: Party): string | undefined {
  const state = taxId.slice(0, 2);
  const isThere = countryRegion === (state === 'EL' ? 'GR' : state);
  return isThere && EU_STATES.has(state) && isVatNumber(taxId) ? state : undefined;
}

/** Whether a document has tax at a rate above zero. */
export const hasTax = ({ taxes }: Pick<Taxed, 'taxes'>): boolean => taxes.some(({ rate }) => exact(rate) > 0n);

/**
 * Whether the recipient owes the tax of a document: a service without tax, from one member state of the EU to a taxable person in
 * another (articles 44 and 196 of Directive 2006/112/EC), told by the VAT numbers of both.
 */
export function isReverseCharge(document: Taxed): boolean {
  if (document.kind === 'VOID' || hasTax(document)) return false;
  const [seller, buyer] = [memberState(document.vendor), memberState(document.billTo)];
  return seller !== undefined && buyer !== undefined && seller !== buyer;
}

/** What such a document has to say (article 226, 11a). */
export const REVERSE_CHARGE = 'Reverse charge';
