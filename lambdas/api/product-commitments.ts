import { formatQuantity } from '../domain/numbers/amounts.ts';
import { firstMonth, lastMonth } from '../domain/product-commitment/product-commitment.ts';
import type { productCommitmentRoutes } from '../manifest/routes/product-commitments.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import {
  makeProductCommitment,
  type ProductCommitmentChange,
  renameProductCommitment,
  renewProductCommitment,
} from '../use-cases/make-product-commitment.ts';
import type { SaidUse } from '../use-cases/ports/product-commitments.ts';
import {
  listProductCommitments,
  type NamedProductCommitment,
  ownProductCommitment,
} from '../use-cases/read-product-commitments.ts';
import { readCustomerUse, sayCustomerUse } from '../use-cases/say-customer-use.ts';

/** The calls of product commitments, which the function of commitments serves. */
export const productCommitments: Pick<ResourceOf<'commitmentsApi'>, keyof typeof productCommitmentRoutes> = {
  listProductCommitments: async (portal, { caller, params, query }) => {
    const { content, total } = await listProductCommitments(portal, caller, params.contractId, query);
    return { body: { content: content.map(commitmentBody), total } };
  },

  createProductCommitment: async (portal, { caller, params, body: { payment: _monthly, ...body }, now }) =>
    answer(await makeProductCommitment(portal, { caller, ...params, now }, body)),

  getProductCommitment: async (portal, { caller, params }) =>
    answer(await ownProductCommitment(portal, caller, 'readCommitments', params)),

  updateProductCommitment: async (portal, request) =>
    answer(await renameProductCommitment(portal, changeOf(request), request.body.name)),

  renewProductCommitment: async (portal, request) =>
    answer(await renewProductCommitment(portal, changeOf(request), request.body.name)),

  getCustomerUse: async (portal, { caller, params }) =>
    useAnswer(await readCustomerUse(portal, caller, params.contractId, params.usagePeriod)),

  sayCustomerUse: async (portal, { caller, params: { contractId, usagePeriod: period }, body, now }) =>
    useAnswer(await sayCustomerUse(portal, { caller, contractId, period, now }, body.usage)),
};

type OfCommitment = Pick<ApiRequest<'updateProductCommitment'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

const changeOf = ({ caller, params, now, ifMatch }: OfCommitment): ProductCommitmentChange => ({
  caller,
  ...params,
  now,
  ifMatch,
});

const answer = (named: NamedProductCommitment) => ({ body: commitmentBody(named), version: named.commitment.version });

function commitmentBody({ commitment, customerName }: NamedProductCommitment): Answer<'getProductCommitment'>['body'] {
  const { id, name, segments, product, uom, customerId, customerNumber, payment, status, term } = commitment;
  return {
    id,
    name,
    bol: firstMonth(commitment),
    eol: lastMonth(commitment),
    commitment: segments.map(({ from, until, quantity }) => ({
      beginMonth: from,
      endMonth: until,
      quantity: formatQuantity(quantity),
    })),
    product,
    uom,
    customer: { id: customerId, customerNumber, name: customerName },
    payment,
    status,
    term,
  };
}

const useAnswer = ({ used }: SaidUse) => ({
  body: {
    usage: used.map(({ customerNumber, productCode: code, quantity }) => ({
      customerNumber,
      code,
      quantity: formatQuantity(quantity),
    })),
  },
});
