import { type CloudPortal, SP } from './cloud-portal.ts';
import { contractIdOf, skuId } from './contract-portal.ts';

/** What a service provider asks of its subscriptions, at the portal that is open. */
export function subscriptionCalls(opened: () => CloudPortal) {
  const subscribed = async (contractId?: string, over: object = {}): Promise<string> => {
    const { status, body } = await opened().subscribe(contractId, over);
    if (status !== 201) throw new Error(`${body.code} ${body.detail}`);
    return String(body.id);
  };
  const refusal = async (reply: ReturnType<CloudPortal['subscribe']>) => {
    const { status, body } = await reply;
    return [status, body.code, ...((body.errors ?? []) as { field: string }[]).map(({ field }) => field)].join(' ');
  };
  const payGo = async (over: object = {}) =>
    contractIdOf(
      await opened().create({
        contractSKUId: skuId('MSP-PAYG'),
        bolDate: '2027-03-01',
        threshold: 1000,
        ...over,
      } as never),
    );
  const change = (verb: 'amend' | 'renew' | 'cancel', subscriptionId: string, body: object = {}, sent: object = {}) =>
    opened().send(`${verb}Subscription`, { params: { subscriptionId }, body, ...sent }, SP);
  return { subscribed, refusal, payGo, change };
}
