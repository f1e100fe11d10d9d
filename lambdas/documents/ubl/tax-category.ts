import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { hasTax, isReverseCharge, REVERSE_CHARGE } from '../tax-treatment.ts';

/** UNCL 5305: VAT at a rate above zero; VAT that the recipient owes. */
export type TaxCategory = { id: 'S' | 'AE'; rate: string };

/** The category of all of a document; undefined where nothing says why it has no tax. */
export function taxCategoryOf(document: CanonicalInvoice): TaxCategory | undefined {
  const [tax] = document.taxes;
  if (tax && hasTax(document)) return { id: 'S', rate: tax.rate };
  return isReverseCharge(document) ? { id: 'AE', rate: '0' } : undefined;
}

/** Why there is no tax (BR-AE-10), in the code list of the European Commission too. */
export const exemptionOf = ({ id }: TaxCategory) =>
  id === 'AE' ? { 'cbc:TaxExemptionReasonCode': 'VATEX-EU-AE', 'cbc:TaxExemptionReason': REVERSE_CHARGE } : {};

/** A category as UBL has it, its elements in the order of the schema. */
export const ublCategory = ({ id, rate }: TaxCategory, exemption: Readonly<Record<string, string>> = {}) => ({
  'cbc:ID': id,
  'cbc:Percent': rate,
  ...exemption,
  'cac:TaxScheme': { 'cbc:ID': 'VAT' },
});
