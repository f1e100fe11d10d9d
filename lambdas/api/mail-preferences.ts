import { MAIL_KINDS, type MailChoice, type MailKind } from '../domain/organization/mail-kinds.ts';
import { mailPreferenceRoutes } from '../manifest/routes/mail-preferences.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { mailPorts } from '../runtime/mail-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { chooseMail, readMailChoice } from '../use-cases/choose-mail.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

type Choosing = Pick<ApiRequest<'changeVendorMailPreferences'>, 'caller' | 'body' | 'now' | 'ifMatch'>;

const get = async (portal: Portal, { caller }: Pick<Choosing, 'caller'>) => {
  const { available, choice } = await readMailChoice(portal, caller);
  return answer(available, choice);
};

const choose = async (portal: Portal, { caller, body, now, ifMatch }: Choosing) => {
  const choice = await chooseMail(portal, { caller, now, ifMatch }, body.kinds);
  const { available } = await readMailChoice(portal, caller);
  return answer(available, choice);
};

export const resource: ResourceOf<'mailPreferencesApi'> = {
  getAggregatorMailPreferences: get,
  changeAggregatorMailPreferences: choose,
  getProviderMailPreferences: get,
  changeProviderMailPreferences: choose,
  getVendorMailPreferences: get,
  changeVendorMailPreferences: choose,
};

export const handler = apiHandler(mailPreferenceRoutes, resource, portalWith(mailPorts));

function answer(available: readonly MailKind[], { kinds, version }: MailChoice) {
  const told = available.map((kind) => ({
    kind,
    description: MAIL_KINDS[kind].description,
    wanted: kinds.includes(kind),
  }));
  return { body: { kinds: told }, version };
}
