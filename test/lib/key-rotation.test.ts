import { policies, resource, resourcesOf, synthesize, text } from '../support/templates.ts';

const { rotated, dev } = synthesize('rotated', 'dev');
const { data, api } = rotated.templates;

const environmentOf = (template: typeof api, start: string) =>
  (resource(template, 'AWS::Lambda::Function', start).Properties.Environment as { Variables: Record<string, unknown> })
    .Variables;

test('a rotation makes a new key and keeps the one before it', () => {
  const keys = resourcesOf(data, 'AWS::KMS::Key').map(([logicalId]) => logicalId);
  expect(keys.sort()).toEqual(['DataKey', 'SecretsKey', 'SigningKey2', 'SigningKey3']);
  for (const id of ['SigningKey2', 'SigningKey3']) expect(data.Resources[id]?.DeletionPolicy).toBe('Retain');
  expect(JSON.stringify(resource(data, 'AWS::KMS::Alias', 'SigningKeyAlias').Properties)).toContain('SigningKey3');
});

test('functions know both keys, and when the new one takes over', () => {
  for (const name of ['AuthApi', 'UsersApi']) {
    expect(text(environmentOf(api, name).SIGNING_KEY_ID)).toBe(
      '<parameter commerceportalrotatedsigningkeyid>,<parameter commerceportalrotatedprevioussigningkeyid>@2027-01-31T09:30:00Z',
    );
  }
  expect(text(environmentOf(dev.templates.api, 'AuthApi').SIGNING_KEY_ID)).toBe(
    '<parameter commerceportaldevsigningkeyid>',
  );
});

test('the old key verifies and signs no more', () => {
  const statements = policies(api).AuthApiRoleDefaultPolicy ?? [];
  const actionsOn = (key: string) =>
    statements
      .filter(({ Resource }) => Resource.some((each) => each.includes(`<parameter commerceportalrotated${key}>`)))
      .flatMap(({ Action }) => Action)
      .sort();
  expect(actionsOn('signingkeyid')).toEqual(['kms:GetPublicKey', 'kms:Sign']);
  expect(actionsOn('previoussigningkeyid')).toEqual(['kms:GetPublicKey']);
});

test('the function that signs is deployed after all that verify', () => {
  const { DependsOn = [] } = resource(api, 'AWS::Lambda::Function', 'AuthApi') as { DependsOn?: string[] };
  const others = resourcesOf(api, 'AWS::Lambda::Function')
    .map(([logicalId]) => logicalId)
    .filter((logicalId) => !logicalId.startsWith('AuthApi'));
  expect(DependsOn).toEqual(expect.arrayContaining(others));
});
