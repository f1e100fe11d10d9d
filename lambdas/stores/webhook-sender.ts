import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { SendOutcome, WebhookSender } from '../use-cases/ports/webhooks.ts';

const MOST_MS = 5_000;
// Of an answer nothing but its status counts.
const MOST_ANSWER_BYTES = 4_096;

/** IPv4 networks that are not the public internet (IANA special-purpose registry, multicast, reserved). */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Of IPv6 only 2000::/3 is public; in it, tunnels that lead to IPv4, and documentation. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublic = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_4) notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of NOT_PUBLIC_6) notPublic.addSubnet(network, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is on the public internet: no address of ours, of the host, of a private network or of nobody. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

const isLoopback = (address: string): boolean => /^127\.\d+\.\d+\.\d+$/.test(address) || address === '::1';

/**
 * Sends webhooks by HTTPS to public addresses alone. Names are resolved here, and what they resolve to is checked and then
 * connected to, so that a name can't lead elsewhere between the two.
 *
 * @param options.toThisMachine also by HTTP and to loopback addresses: for a portal that runs on one machine
 * @param options.mostMs how long a request may take in all
 */
export function openWebhookSender({ toThisMachine = false, mostMs = MOST_MS } = {}): WebhookSender {
  const isAllowed = (address: string) => isPublicAddress(address) || (toThisMachine && isLoopback(address));

  /** Addresses of a host, all of them allowed. @throws Refused */
  async function addressesOf(host: string): Promise<{ address: string; family: number }[]> {
    const found = await lookup(host, { all: true }).catch(() => {
      throw new Refused('its name has no address');
    });
    if (found.length === 0 || !found.every(({ address }) => isAllowed(address)))
      throw new Refused('it is not on the public internet');
    return found;
  }

  /** @throws Refused */
  function checked(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url) throw new Refused('it is no URL');
    if (url.protocol !== 'https:' && !(toThisMachine && url.protocol === 'http:'))
      throw new Refused('it does not begin with https://');
    if (url.username || url.password) throw new Refused('it has a user or password in it');
    const host = hostOf(url);
    if (isIP(host) && !isAllowed(host)) throw new Refused('it is not on the public internet');
    return url;
  }

  const checkedLookup: LookupFunction = (host, { all }, callback) => {
    addressesOf(host).then(
      (found) => (all ? callback(null, found) : callback(null, found[0]?.address ?? '', found[0]?.family)),
      (error: Error) => callback(error, all ? [] : ''),
    );
  };

  return {
    refusal: async (text) => {
      try {
        await addressesOf(hostOf(checked(text)));
        return undefined;
      } catch (error) {
        if (error instanceof Refused) return error.message;
        throw error;
      }
    },

    send: async (text, headers, body) => {
      try {
        return await post(checked(text), { headers, lookup: checkedLookup, signal: AbortSignal.timeout(mostMs) }, body);
      } catch (error) {
        return { failure: causeOf(error) };
      }
    },
  };
}

/** Nothing may be sent there. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** Host of a URL as sockets know it: IPv6 without its brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

function post(
  url: URL,
  options: Pick<RequestOptions, 'headers' | 'lookup' | 'signal'>,
  body: string,
): Promise<SendOutcome> {
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    // No agent: no connection is kept, so each is made to an address that was checked.
    const sent = request(url, { ...options, method: 'POST', agent: false }, (response) => {
      let bytes = 0;
      const end = () => {
        resolve({ status: response.statusCode ?? 0 });
        response.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_ANSWER_BYTES) end();
      });
      response.on('end', end);
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a person needs to know of a failure; nothing of what is behind it. */
function causeOf(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  if (name === 'Refused') return `not sent: ${message}`;
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR') return 'no answer in time';
  return `no connection (${code ?? name ?? 'unknown'})`;
}
