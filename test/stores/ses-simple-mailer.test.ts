import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { invitationMail } from '../../lambdas/documents/mail/access-mails.ts';
import { openSesSimpleMailer } from '../../lambdas/stores/ses-simple-mailer.ts';

const ses = mockClient(SESv2Client);
beforeEach(() => ses.reset());

const mailer = openSesSimpleMailer(new SESv2Client({ region: 'eu-central-1' }), 'portal');
const message = invitationMail({
  to: { name: 'Zoë "<x@y.example>" Nkosi', address: 'zoe@person.example' },
  senderAddress: 'billing@portal.example',
  reference: 'invitation/u/1',
  organization: 'Müritz & Co.',
  invitation: 'cpi_u_secret-secret-secret',
  expires: '2026-11-17T02:00:00.000Z',
  portalUrl: 'https://portal.example',
});

test('sends both forms of a mail, whatever the name of who gets it', async () => {
  ses.on(SendEmailCommand).resolves({});
  await mailer.send(message, 'invitation/u/1');
  const [call] = ses.commandCalls(SendEmailCommand);
  const name = Buffer.from('Zoë "<x@y.example>" Nkosi').toString('base64');
  expect(call?.args[0].input).toMatchObject({
    ConfigurationSetName: 'portal',
    Destination: { ToAddresses: [`=?UTF-8?B?${name}?= <zoe@person.example>`] },
    Content: {
      Simple: {
        Subject: { Data: 'Invitation to the Commerce Portal of Müritz & Co.' },
        Body: {
          Text: { Data: expect.stringContaining('https://portal.example/#invitation=cpi_u_secret-secret-secret') },
          Html: { Data: expect.stringContaining('Müritz &amp; Co.') },
        },
        Headers: [{ Name: 'X-Portal-Reference', Value: 'invitation/u/1' }],
      },
    },
    EmailTags: [{ Name: 'reference', Value: 'invitation_u_1' }],
  });
});

test('refuses a mail with attachments, which it could not send', async () => {
  const attachments = [{ filename: 'a', contentType: 'text/csv', content: new Uint8Array() }];
  await expect(mailer.send({ ...message, attachments }, 'r')).rejects.toThrow('send it as MIME');
  expect(ses.commandCalls(SendEmailCommand)).toHaveLength(0);
});
