import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { isVatNumber } from '../tax-treatment.ts';

type Party = CanonicalInvoice['vendor'];

/**
 * A party as UBL has it, its elements in the order of the schema: EN 16931's seller (BG-4) or buyer (BG-7).
 * @param role a seller that has no VAT number is identified by whatever tax number it has (BT-32); a buyer isn't
 */
export function ublParty({ name, number, address, countryRegion = '', taxId }: Party, role: 'SELLER' | 'BUYER') {
  const [street, additional, ...more] = address;
  const isVat = taxId !== undefined && isVatNumber(taxId);
  const scheme = isVat ? 'VAT' : role === 'SELLER' ? 'TAX' : undefined;
  return {
    'cac:Party': {
      ...(number !== '' && { 'cac:PartyIdentification': { 'cbc:ID': number } }),
      'cac:PostalAddress': {
        ...(street !== undefined && { 'cbc:StreetName': street }),
        ...(additional !== undefined && { 'cbc:AdditionalStreetName': additional }),
        ...(more.length > 0 && { 'cac:AddressLine': { 'cbc:Line': more.join(', ') } }),
        'cac:Country': { 'cbc:IdentificationCode': countryRegion },
      },
      ...(taxId !== undefined &&
        scheme !== undefined && {
          'cac:PartyTaxScheme': { 'cbc:CompanyID': taxId.replace(/ /g, ''), 'cac:TaxScheme': { 'cbc:ID': scheme } },
        }),
      'cac:PartyLegalEntity': { 'cbc:RegistrationName': name },
    },
  };
}
