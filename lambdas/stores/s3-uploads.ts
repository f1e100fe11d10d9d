import type { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Uploads } from '../use-cases/ports/uploads.ts';
import { downloadLink } from './s3-objects.ts';

const TARGET_SECONDS = 900;

/** Uploads in a bucket, which tells of each by an event. */
export function openUploads(client: S3Client, bucket: string): Uploads {
  return {
    target: async (key, size, now) => {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, ContentLength: size, IfNoneMatch: '*' });
      // Signed, these headers have to be sent as they are: no more bytes than announced, and only once.
      const signed = new Set(['content-length', 'if-none-match']);
      const url = await getSignedUrl(client, command, {
        expiresIn: TARGET_SECONDS,
        signableHeaders: signed,
        unhoistableHeaders: signed,
      });
      return {
        url,
        headers: { 'content-length': String(size), 'if-none-match': '*' },
        expires: new Date(now.getTime() + TARGET_SECONDS * 1000).toISOString(),
      };
    },

    put: async (key, bytes) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    },

    pieces: async (key) => {
      try {
        return (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body as Readable;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    link: (key, fileName, now) => downloadLink(client, bucket, { key, fileName, now }),
  };
}
