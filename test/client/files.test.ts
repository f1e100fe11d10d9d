import { gzipped, ndjson, OCTOBER, openMeterPortal, SP, vm } from '../support/meter-portal.ts';
import { openUsagePortal, PROVIDER } from '../support/usage-portal.ts';

test('a file of usage is sent as the text or the bytes it is', async () => {
  const opened = await openUsagePortal();
  try {
    const provider = opened.as(PROVIDER);
    const csv = 'contractNumber,usagePeriod\n';
    for (const file of [csv, new TextEncoder().encode(csv)]) {
      const { status, body } = await provider.sendUsageFile({ query: { name: 'Größe.csv' }, file });
      expect([status, body]).toMatchObject([201, { name: 'Größe.csv', status: 'UPLOADED' }]);
      expect(Buffer.from(opened.objects.get(`uploads/${body.id}/source`) ?? '').toString()).toBe(csv);
    }
  } finally {
    await opened.close();
  }
});

test('readings are sent with their media type, plain or zipped', async () => {
  const opened = await openMeterPortal();
  try {
    await opened.optIn();
    await opened.openOrder(OCTOBER);
    const params = { meterId: String((await opened.register()).body.id) };
    const { uploadReadings } = opened.as(SP);
    const plain = await uploadReadings({ params, file: ndjson([vm()]), mediaType: 'application/x-ndjson' });
    expect(plain.body).toMatchObject({ readings: 1, accepted: 1 });
    const both = gzipped([vm(), vm({ source: 'vm-2' })]);
    const zipped = await uploadReadings({ params, file: both, mediaType: 'application/x-ndjson', isZipped: true });
    expect(zipped.body).toMatchObject({ readings: 2, accepted: 1, duplicates: 1 });
    // @ts-expect-error: readings have no such form
    await expect(uploadReadings({ params, file: '{}', mediaType: 'application/json' })).rejects.toThrow('content-type');
  } finally {
    await opened.close();
  }
});
