import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createPdfRenderer } from '../documents/pdf-renderer.ts';
import { openSesMailer } from '../stores/ses-mailer.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { composePortal, whole } from './compose.ts';
import { required } from './configuration.ts';
import { exportPorts } from './export-ports.ts';
import { filePorts } from './file-ports.ts';
import { loadFonts } from './fonts.ts';
import { jobPorts } from './job-ports.ts';
import { meterPorts } from './meter-ports.ts';
import { reviewPorts } from './review-ports.ts';

/** The portal of the close's tasks: they render documents and send mail, which functions of the API never carry. */
export async function composeClosePortal(): Promise<Portal> {
  const portal = await composePortal((table) => ({
    ...exportPorts(table),
    ...filePorts(table),
    ...jobPorts(table),
    ...meterPorts(table),
    ...reviewPorts(table),
  }));
  const mail = process.env.MAIL_CONFIGURATION_SET;
  return whole({
    ...portal,
    pdf: createPdfRenderer(loadFonts(process.env.FONTS_FOLDER)),
    ...(mail && { mailer: openSesMailer(new SESv2Client({}), required('MAIL_CONFIGURATION_SET'), portal.clock) }),
  });
}
