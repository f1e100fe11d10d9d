import type { CanonicalInvoice } from '../canonical-invoice.ts';

type Party = CanonicalInvoice['vendor'];

// Member states of the EU as VAT numbers begin (Greece writes EL), Northern Ireland's XI, and neighbours that EN 16931 names.
const VAT_PREFIXES = new Set(
  'AT BE BG CH CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LI LT LU LV MT NL NO PL PT RO SE SI SK XI'.split(' '),
);

/** Whether a registration number is one for VAT: the state's letters, then the number (BR-CO-09). */
export function isVatNumber(taxId: string): boolean {
  return VAT_PREFIXES.has(taxId.slice(0, 2)) && /^[A-Z0-9+*]{4,}$/.test(taxId.slice(2).replace(/[ .-]/g, ''));
}

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
