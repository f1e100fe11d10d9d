import { seesContract, seesSite, seesWholeContract, type View } from '../domain/work-group/work-group.ts';
import type { Portal } from './ports/portal.ts';

type OfContract = { contractId: string };

/**
 * The portal as a member of a work group sees it: lists have what is in view alone, whoever asks for them, so that nothing
 * that is made of a list tells of more. What is asked for by id is checked where ownership is (scope.ts).
 */
export function narrowedPortal(portal: Portal, view: View): Portal {
  const inPart = <Row extends OfContract>(rows: readonly Row[]) =>
    rows.filter(({ contractId }) => seesContract(view, contractId));
  const inWhole = <Row extends OfContract>(rows: readonly Row[]) =>
    rows.filter(({ contractId }) => seesWholeContract(view, contractId));
  const contracts = <Row extends { id: string }>(rows: readonly Row[]) =>
    rows.filter(({ id }) => seesContract(view, id));
  const sites = <Row extends OfContract & { id: string }>(rows: readonly Row[]) =>
    rows.filter(({ contractId, id }) => seesSite(view, contractId, id));
  // A function carries the ports of its resource alone, and says so when another is asked for.
  const parts: Partial<Portal> = { ...portal };
  const { usageMeters, oneOffOrders, subscriptions, deals, serviceDeliveries, veloOrders, meteredOrders } = parts;
  const meters = async <Row extends { id: string }>(rows: readonly Row[]): Promise<Row[]> => {
    const found = await portal.usageMeters.getMany(rows.map(({ id }) => id));
    const seen = new Set(found.filter(({ contracts: of }) => inWhole(of).length === of.length).map(({ id }) => id));
    return rows.filter(({ id }) => seen.has(id));
  };
  return {
    ...portal,
    contracts: {
      ...portal.contracts,
      ofServiceProvider: async (id) => contracts(await portal.contracts.ofServiceProvider(id)),
      ofAggregator: async (id) => contracts(await portal.contracts.ofAggregator(id)),
    },
    contractRequests: {
      ...portal.contractRequests,
      inStatus: async (status) => inWhole(await portal.contractRequests.inStatus(status)),
    },
    billingOrders: {
      ...portal.billingOrders,
      ofServiceProvider: async (id) => inPart(await portal.billingOrders.ofServiceProvider(id)),
      ofAggregator: async (id, period) => inPart(await portal.billingOrders.ofAggregator(id, period)),
    },
    invoices: {
      ...portal.invoices,
      ofAggregator: async (id) => {
        const held = await portal.contracts.ofAggregator(id);
        const whole = held.filter((contract) => seesWholeContract(view, contract.id));
        const numbers = new Set(whole.map(({ contractNumber }) => contractNumber));
        return (await portal.invoices.ofAggregator(id)).filter(({ contractNumber }) => numbers.has(contractNumber));
      },
    },
    usageSites: {
      ...portal.usageSites,
      ofServiceProvider: async (id) => sites(await portal.usageSites.ofServiceProvider(id)),
    },
    ...(oneOffOrders && {
      oneOffOrders: {
        ...oneOffOrders,
        ofServiceProvider: async (id) => inWhole(await oneOffOrders.ofServiceProvider(id)),
        ofAggregator: async (id) => inWhole(await oneOffOrders.ofAggregator(id)),
      },
    }),
    ...(subscriptions && {
      subscriptions: {
        ...subscriptions,
        ofServiceProvider: async (id) => inWhole(await subscriptions.ofServiceProvider(id)),
        ofAggregator: async (id) => inWhole(await subscriptions.ofAggregator(id)),
      },
    }),
    ...(deals && {
      deals: { ...deals, ofAggregator: async (id) => inWhole(await deals.ofAggregator(id)) },
    }),
    ...(serviceDeliveries && {
      serviceDeliveries: {
        ...serviceDeliveries,
        ofServiceProvider: async (id) => inWhole(await serviceDeliveries.ofServiceProvider(id)),
        ofAggregator: async (id) => inWhole(await serviceDeliveries.ofAggregator(id)),
      },
    }),
    ...(veloOrders && {
      veloOrders: {
        ...veloOrders,
        ofServiceProvider: async (id) => inWhole(await veloOrders.ofServiceProvider(id)),
        ofAggregator: async (id) => inWhole(await veloOrders.ofAggregator(id)),
      },
    }),
    ...(usageMeters && {
      usageMeters: {
        ...usageMeters,
        ofServiceProvider: async (id) => meters(await usageMeters.ofServiceProvider(id)),
        ofAggregator: async (id) => meters(await usageMeters.ofAggregator(id)),
      },
    }),
    ...(meteredOrders && {
      meteredOrders: {
        ...meteredOrders,
        withDifferences: async (id) => inWhole(await meteredOrders.withDifferences(id)),
      },
    }),
  };
}
