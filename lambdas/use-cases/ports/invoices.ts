import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { InvoiceKind } from '../../domain/invoice/invoice.ts';
import type { Series } from '../../domain/invoice/numbering.ts';
import type { LedgerKind } from '../../domain/receivables/open-items.ts';
import type { Change } from './changes.ts';
import type { FormHashes } from './document-writer.ts';

/** An invoice as the portal keeps it beside its documents: constant in size, however many lines it has. */
export type StoredInvoice = {
  number: string;
  kind: InvoiceKind;
  source: { id: string; revision: number };
  usagePeriod: Period;
  invoiceDate: string;
  dueDate: string;
  aggregatorId: string;
  serviceProviderId: string;
  contractId: string;
  contractNumber: string;
  skuCode: string;
  /** The set of usage lines that was billed; absent where none was, as on a prepayment's. */
  lineSet?: string;
  currency: string;
  /** Exact decimals: points, and money in the currency's major unit. */
  points: string;
  net: string;
  tax: string;
  gross: string;
  /** Number of the invoice that it takes back. */
  corrects?: string;
  /** Number of the document that takes it back. */
  creditedBy?: string;
  /** SHA-256 of each document, hex. */
  hashes: FormHashes;
};

/** An entry of the receivables ledger: + invoice, − credit note, − payment (domain.md §2). */
export type ReceivableEntry = {
  number: string;
  kind: InvoiceKind;
  usagePeriod: Period;
  aggregatorId: string;
  contractId: string;
  source: { id: string; revision: number };
  currency: string;
  /** Exact decimal, signed. */
  amount: string;
};

export type Invoices = {
  get(number: string): Promise<StoredInvoice | undefined>;
  /** Strongly consistent; those that don't exist are left out. */
  getMany(numbers: readonly string[]): Promise<StoredInvoice[]>;
  /** Makes an invoice visible and enters it in the receivables ledger; refused when the number is taken. */
  issued(invoice: StoredInvoice): Change[];
  /** Notes which document takes an invoice back; refused when one does already, so that none is credited twice. */
  credited(number: string, by: string): Change;
  /** The receivables of a roster shard of a usage period. Strongly consistent. */
  receivables(period: Period, shard: number): AsyncIterable<ReceivableEntry>;
};

/** Consecutive numbers taken out of a series, by a run for what it bills or for a single document. */
export type Reservation = {
  /** Name of the run, or of what the single document is for. */
  run: string;
  series: Series;
  /** Position of the first number. */
  first: number;
  count: number;
  invoiceDate: PlainDate;
  /** Key in the work store of the file that says which document has which number. */
  file: string;
};

export type Numbers = {
  /** The reservations not all of whose numbers are issued. Strongly consistent. */
  openReservations(): Promise<Reservation[]>;
  /**
   * Takes `count` numbers for a run, once: a second call answers the first result. Refused (undefined) when a later run
   * has been claimed.
   */
  reserve(request: Omit<Reservation, 'first'>): Promise<Reservation | undefined>;
  /** Takes the number of a single document, once: a second call for the same `run` answers the first result. */
  reserveOne(request: Omit<Reservation, 'first' | 'count'>): Promise<Reservation>;
  /** The number of a single document is issued. */
  usedUp(reservation: Reservation): Change;
  /** All numbers of a reservation are issued or void; refused when a run later than this one has been claimed. */
  settled(reservation: Reservation, run: string): Change[];
};

/** Fields of an invoice that lists show, filter and sort by. */
export type InvoiceRow = Pick<
  StoredInvoice,
  | 'number'
  | 'kind'
  | 'usagePeriod'
  | 'invoiceDate'
  | 'aggregatorId'
  | 'serviceProviderId'
  | 'contractNumber'
  | 'currency'
  | 'gross'
>;

/** An entry of an aggregator's account as lists show it: of the receivables ledger. */
export type AccountRow = Pick<ReceivableEntry, 'number' | 'usagePeriod' | 'currency' | 'amount'> &
  Pick<StoredInvoice, 'contractNumber' | 'serviceProviderId' | 'corrects'> & {
    kind: LedgerKind;
    /** Of a payment, whose `number` is that of its invoice. */
    reference?: string;
    date: PlainDate;
    /** Of documents. */
    dueDate?: PlainDate;
  };

/** Lists read an index and may lag behind by a moment. */
export type InvoiceLists = {
  ofAggregator(aggregatorId: string): Promise<InvoiceRow[]>;
  ofPeriod(period: Period): Promise<InvoiceRow[]>;
  /** All entries of an aggregator in the receivables ledger, in no particular order. */
  accountOf(aggregatorId: string): AsyncIterable<AccountRow>;
};
