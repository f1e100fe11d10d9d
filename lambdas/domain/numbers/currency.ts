import type { MinorUnits } from './amounts.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';

// ISO 4217 (list one): currencies whose minor unit is not the hundredth. All others in CODES have two digits.
// biome-ignore format: a table
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0,
  XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

const CODES = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP ' +
    'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD ' +
    'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB ' +
    'RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD ' +
    'UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

/** An ISO 4217 alphabetic code, e.g. "USD". */
export type Currency = string;

/** Whether there is a currency of that code today. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}

/** Digits of the currency's minor unit: 0 for JPY, 2 for USD, 3 for BHD. */
export function minorDigits(currency: Currency): number {
  return DIGITS[currency] ?? 2;
}

/** "1610.40" for 161040 minor units of USD: always all the currency's digits. */
export function formatMoney(amount: MinorUnits, currency: Currency): string {
  const digits = minorDigits(currency);
  return formatDecimal(amount, digits, digits);
}

/** Reads an amount in the currency's major unit; undefined when it isn't exact in minor units. */
export function parseMoney(text: string, currency: Currency): MinorUnits | undefined {
  return parseDecimal(text, minorDigits(currency)) as MinorUnits | undefined;
}
