import { S3Client } from '@aws-sdk/client-s3';
import { openUploads } from '../../lambdas/stores/s3-uploads.ts';

const client = new S3Client({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  requestChecksumCalculation: 'WHEN_REQUIRED',
});

test('a signed upload names its size and that it is the first, and no checksum of bytes that are not known yet', async () => {
  const { url, headers } = await openUploads(client, 'work').target('uploads/file-1/source', 123, new Date());
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe('/uploads/file-1/source');
  expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host;if-none-match');
  expect([...searchParams.keys()].filter((name) => /checksum/.test(name))).toEqual([]);
  expect(headers).toEqual({ 'content-length': '123', 'if-none-match': '*' });
});
