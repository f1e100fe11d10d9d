import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createPdfRenderer } from '../documents/pdf-renderer.ts';
import { openDocumentWriter } from '../stores/document-writer.ts';
import { openSesMailer } from '../stores/ses-mailer.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { furtherPorts } from './all-ports.ts';
import { composePortal, whole } from './compose.ts';
import { required } from './configuration.ts';
import { loadFonts } from './fonts.ts';
import { sendingPorts } from './webhook-ports.ts';

/** The portal of the close's tasks: they render documents and send mail, which functions of the API never carry. */
export async function composeClosePortal(): Promise<Portal> {
  const portal = await composePortal(furtherPorts);
  const mail = process.env.MAIL_CONFIGURATION_SET;
  return whole({
    ...portal,
    ...sendingPorts(),
    documentWriter: openDocumentWriter(portal, createPdfRenderer(loadFonts(process.env.FONTS_FOLDER))),
    ...(mail && { mailer: openSesMailer(new SESv2Client({}), required('MAIL_CONFIGURATION_SET'), portal.clock) }),
  });
}
