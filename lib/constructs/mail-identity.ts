import { CfnOutput } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  CloudWatchDimensionSource,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { PortalNames } from '../names.ts';

/** Dimension of the sending metrics, a tag that SES puts on every message. */
export const CONFIGURATION_SET_DIMENSION = 'ses:configuration-set';

/** The domain part of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The domain that mail comes from, signed with DKIM, and the set of rules it is sent under. */
export class MailIdentity extends Construct {
  constructor(scope: Construct, id: string, { names, senderAddress }: { names: PortalNames; senderAddress: string }) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: names.configurationSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const troubles = [
      EmailSendingEvent.BOUNCE,
      EmailSendingEvent.COMPLAINT,
      EmailSendingEvent.REJECT,
      EmailSendingEvent.RENDERING_FAILURE,
    ];
    configurationSet.addEventDestination('Metrics', {
      destination: EventDestination.cloudWatchDimensions([
        {
          name: CONFIGURATION_SET_DIMENSION,
          source: CloudWatchDimensionSource.MESSAGE_TAG,
          defaultValue: names.configurationSet,
        },
      ]),
      events: [EmailSendingEvent.SEND, EmailSendingEvent.DELIVERY, ...troubles],
    });
    // SES sends events to the account's default bus and no other.
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: troubles,
    });
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domainOf(senderAddress)),
      configurationSet,
    });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        value: `${name} CNAME ${value}`,
        description: 'DNS record that proves the sender’s domain to SES',
      });
    });
  }
}
