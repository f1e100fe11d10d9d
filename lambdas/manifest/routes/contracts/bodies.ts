import * as z from 'zod';
import { TERMINATION_REASONS } from '../../../domain/contract-request/request.ts';
import { decimalNumber } from '../exact-numbers.ts';
import { plainText } from '../text.ts';

/** What contract requests take. The rules of the domain say what is wrong with a value; these say what it is. */
const LONGEST_COMMENT = 2_000;
// Lines and tabs are a comment's own; all else that can't be seen is not.
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

export const Comment = z
  .string('must be text')
  .max(LONGEST_COMMENT, `must have at most ${LONGEST_COMMENT} characters`)
  .refine((text) => !UNSEEN.test(text.replaceAll(/[\n\r\t]/g, '')), 'must not have control characters')
  .meta({ description: 'Why, for the other parties and the timeline' });

// As many decimals as a number of 40 digits may have: how many count is for the rules.
const Amount = decimalNumber(20);
const Amounts = z.array(Amount, 'must be a list of numbers');
const Email = z
  .string('must be text')
  .max(254, 'must have at most 254 characters')
  .meta({ format: 'email', description: 'Mail address', example: 'ada@example.com' });
const Day = z
  .string('must be text')
  .max(40, 'must be a day, YYYY-MM-DD')
  .meta({ format: 'date', description: 'A day, YYYY-MM-DD', example: '2026-10-01' });
const Reference = z.string('must be text').max(64, 'must have at most 64 characters').meta({ format: 'uuid' });
const Term = z.int('must be a whole number').meta({ description: 'Months' });
const Spf = z
  .string('must be text')
  .refine((text) => !UNSEEN.test(text), 'must be one line without control characters')
  .meta({ description: 'Number of the special pricing form' });
const Preference = z.enum(['ONLINE', 'EDI'], 'must be ONLINE or EDI');
const Flag = z.boolean('must be true or false');
const PurchaseOrder = plainText(100);

const CREATE = {
  contractSKUId: Reference.meta({ description: 'Id of a contract SKU' }),
  serviceProviderContact: Email,
  licenseContact: Email.optional().meta({ description: 'Needed for RENTAL, SOV and LPCAAS' }),
  aggregatorContact: Email,
  systemContact: Email.meta({ description: "The vendor's" }),
  serviceProviderId: Reference.meta({ description: 'Id of a service provider' }),
  bolDate: Day.meta({ description: 'First active day' }),
  currency: z.string('must be text').max(20, 'must be an ISO 4217 code').meta({ example: 'USD' }),
  billingOrderPreference: Preference,
  vmwarePurchaseOrder: PurchaseOrder.meta({ description: 'Purchase order with the vendor' }),
  fillPurchaseOrderInMBO: Flag.optional().meta({ description: 'Fill the purchase order into each billing order' }),
  billToAccountId: Reference.meta({ description: 'Id of a bill-to account' }),
  entitlementAccount: PurchaseOrder.optional(),
  term: Term.optional().meta({ description: 'Months; needed for CUSTOM and PRE-PAY, ignored for PAY-GO' }),
  minCommits: Amounts.optional().meta({
    description: 'Minimum of each month; one more than the term when bolDate is not the 1st of a month',
  }),
  prepayment: Amount.optional().meta({ description: 'Total prepaid; needed for PRE-PAY' }),
  triggerPoint: Amount.optional().meta({ description: 'PRE-PAY: a balance below it is told' }),
  discount: Amount.optional().meta({ description: 'Percent; needed for CUSTOM and PRE-PAY' }),
  spf: Spf.optional(),
  comment: Comment.optional(),
  threshold: Amount.optional().meta({ description: 'Needed for MSP' }),
};

const CHANGE_SKU = { contractSKUId: CREATE.contractSKUId, effectiveDate: Day };
const UPGRADE = { ...CHANGE_SKU, comment: Comment.optional() };
const DOWNGRADE = { ...CHANGE_SKU, comment: Comment };
const TOPUP = {
  prepayment: Amount.meta({ description: 'What is added' }),
  term: Term.meta({ description: "Months; not below the contract's" }),
  burnDownSchedule: Amounts.meta({ description: 'Of the whole term; months that have ended stay as they are' }),
  comment: Comment.optional(),
  vmwarePurchaseOrder: PurchaseOrder,
};
const TERMINATE = {
  effectiveDate: Day.meta({ description: 'The last active day is the day before' }),
  comment: Comment,
  reason: z.enum(TERMINATION_REASONS, `must be one of ${TERMINATION_REASONS.join(', ')}`),
};
const RENEW = {
  effectiveDate: Day.optional().meta({ description: 'The day after the end unless told otherwise' }),
  term: Term,
  minCommits: CREATE.minCommits,
  prepayment: CREATE.prepayment,
  triggerPoint: CREATE.triggerPoint,
  discount: CREATE.discount,
  spf: Spf.optional(),
  comment: Comment.optional(),
};
const RESCHEDULE = {
  effectiveDate: Day.meta({ description: 'The 1st of a month' }),
  term: Term.optional(),
  burnDownSchedule: Amounts.optional().meta({ description: 'Of the whole term; stays as it is when it is not given' }),
  comment: Comment.optional(),
};
const AMEND = { ...RESCHEDULE, discount: Amount.optional().meta({ description: 'Percent' }), spf: Spf.optional() };
const PREPAY_AMEND = { ...RESCHEDULE, triggerPoint: CREATE.triggerPoint };
const THRESHOLD = {
  threshold: Amount,
  effectiveDate: Day.optional().meta({ description: 'Today unless told otherwise' }),
  comment: Comment.optional(),
};

/** Bodies of the published calls. */
export const CreateBody = z.object(CREATE).meta({ id: 'AggContractCreateRequest' });
export const UpdateBody = z
  .object({
    serviceProviderContact: Email.optional(),
    licenseContact: Email.optional().meta({ description: 'Counts for RENTAL, SOV and LPCAAS' }),
    aggregatorContact: Email.optional(),
    billingOrderPreference: Preference.optional(),
    vmwarePurchaseOrder: PurchaseOrder.optional(),
    fillPurchaseOrderInMBO: Flag.optional(),
    billToAccountId: Reference.optional(),
    entitlementAccount: PurchaseOrder.optional(),
  })
  .meta({ id: 'AggContractUpdateRequest' });
export const UpgradeBody = z.object(UPGRADE).meta({ id: 'AggContractUpgradeRequest' });
export const DowngradeBody = z.object(DOWNGRADE).meta({ id: 'AggContractDowngradeRequest' });
export const TopUpBody = z.object(TOPUP).meta({ id: 'AggContractTopupRequest' });
export const TerminateBody = z.object(TERMINATE).meta({ id: 'AggContractTerminateRequest' });

/** Bodies of the calls added to them. */
export const RenewBody = z.strictObject(RENEW).meta({ id: 'ContractRenewRequest' });
export const AmendBody = z.strictObject(AMEND).meta({ id: 'ContractAmendRequest' });
export const PrepayAmendBody = z.strictObject(PREPAY_AMEND).meta({ id: 'ContractPrepayAmendRequest' });
export const ThresholdBody = z.strictObject(THRESHOLD).meta({ id: 'ContractThresholdUpdateRequest' });

/** A request anew: of which type it is, and what a request of that type takes. */
export const ResubmitBody = z
  .discriminatedUnion('requestType', [
    z.strictObject({ requestType: z.literal('CREATE'), ...CREATE }),
    z.strictObject({ requestType: z.literal('UPGRADE'), ...UPGRADE }),
    z.strictObject({ requestType: z.literal('DOWNGRADE'), ...DOWNGRADE }),
    z.strictObject({ requestType: z.literal('TERMINATE'), ...TERMINATE }),
    z.strictObject({ requestType: z.literal('RENEW'), ...RENEW }),
    z.strictObject({ requestType: z.literal('TOPUP'), ...TOPUP }),
    z.strictObject({ requestType: z.literal('AMEND'), ...AMEND }),
    z.strictObject({ requestType: z.literal('PREPAY_AMEND'), ...PREPAY_AMEND }),
    z.strictObject({ requestType: z.literal('THRESHOLD_UPDATE'), ...THRESHOLD }),
  ])
  .meta({ id: 'ContractRequestAnew', description: 'What is asked for in place of what the vendor wants revised' });
