import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListMultipartUploadsCommandOutput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { isCode } from '../CloudError';
import { s3Codes } from './errorCodes';
import type { ObjectStorage } from './ObjectStorage';
import type { SendCommand } from './s3Calls';

type Stored = { Key?: string; VersionId?: string };

/** So many objects are deleted at once. */
const AT_ONCE = 8;

/** What is in a bucket as a whole. */
export function bucketContents(
  send: SendCommand,
): Pick<
  ObjectStorage,
  'holdsData' | 'empty' | 'deleteMarks' | 'deleteForGood'
> {
  const versionsOf = (
    bucket: string,
    after: Partial<Page> & { Prefix?: string } = {},
  ) =>
    send<ListObjectVersionsCommandOutput>(
      { method: 'GET', path: `/${bucket}?versions` },
      new ListObjectVersionsCommand({ Bucket: bucket, ...after }),
    );
  const uploadsOf = async (bucket: string) => {
    const { Uploads = [] } = await send<ListMultipartUploadsCommandOutput>(
      { method: 'GET', path: `/${bucket}?uploads` },
      new ListMultipartUploadsCommand({ Bucket: bucket }),
    );
    return Uploads;
  };

  const deleteAll = async (bucket: string, stored: readonly Stored[]) => {
    for (let next = 0; next < stored.length; next += AT_ONCE) {
      await Promise.all(
        stored.slice(next, next + AT_ONCE).map(({ Key, VersionId }) =>
          send(
            { method: 'DELETE', path: `/${bucket}/${Key}` },
            new DeleteObjectCommand({
              Bucket: bucket,
              Key,
              ...(VersionId && { VersionId }),
            }),
          ),
        ),
      );
    }
  };

  /** The first page of what is in it besides a key; deleting it makes the next one the first. */
  const firstPage = async (bucket: string, besides: string) => {
    let after: Partial<Page> = {};
    for (;;) {
      const page = await versionsOf(bucket, after);
      const { Versions = [], DeleteMarkers = [] } = page;
      const isOther = ({ Key }: Stored) => Key !== besides;
      const objects = Versions.filter(isOther);
      const marks = DeleteMarkers.filter(isOther);
      if (objects.length + marks.length > 0 || !page.IsTruncated) {
        const own = [...Versions, ...DeleteMarkers].filter(
          stored => !isOther(stored),
        );
        return { objects, marks, own, isLast: !page.IsTruncated };
      }
      after = nextPage(page);
    }
  };

  const eachPage = async (
    bucket: string,
    where: { Prefix?: string },
    visit: (page: ListObjectVersionsCommandOutput) => Promise<void>,
  ) => {
    let after: Partial<Page> = {};
    for (;;) {
      const page = await versionsOf(bucket, { ...where, ...after });
      await visit(page);
      if (!page.IsTruncated) return;
      after = nextPage(page);
    }
  };

  const holdsObjects = async (bucket: string, besides: string) => {
    let after: Partial<Page> = {};
    for (;;) {
      const page = await versionsOf(bucket, after);
      if ((page.Versions ?? []).some(({ Key }) => Key !== besides)) return true;
      if (!page.IsTruncated) return false;
      after = nextPage(page);
    }
  };

  return {
    async holdsData(bucket, besides) {
      return (
        (await holdsObjects(bucket, besides)) ||
        (await uploadsOf(bucket)).length > 0
      );
    },

    deleteMarks: bucket =>
      eachPage(bucket, {}, ({ DeleteMarkers = [] }) =>
        deleteAll(bucket, DeleteMarkers),
      ),

    deleteForGood: (bucket, key) =>
      eachPage(
        bucket,
        { Prefix: key },
        ({ Versions = [], DeleteMarkers = [] }) =>
          deleteAll(
            bucket,
            [...Versions, ...DeleteMarkers].filter(({ Key }) => Key === key),
          ),
      ),

    async empty(bucket, last) {
      for (;;) {
        const uploads = await uploadsOf(bucket);
        if (uploads.length === 0) break;
        for (const { Key, UploadId } of uploads) {
          await ended(
            send(
              { method: 'DELETE', path: `/${bucket}/${Key}` },
              new AbortMultipartUploadCommand({
                Bucket: bucket,
                Key,
                UploadId,
              }),
            ),
          );
        }
      }
      for (;;) {
        const { objects, marks, own, isLast } = await firstPage(bucket, last);
        await deleteAll(bucket, [...objects, ...marks]);
        if (!isLast || objects.length + marks.length > 0) continue;
        await deleteAll(bucket, own);
        if (own.length === 0) return;
      }
    },
  };
}

type Page = { KeyMarker: string; VersionIdMarker: string };

function nextPage(page: ListObjectVersionsCommandOutput): Partial<Page> {
  return {
    KeyMarker: page.NextKeyMarker,
    VersionIdMarker: page.NextVersionIdMarker,
  };
}

/** That somebody finished or ended it meanwhile is as good. */
async function ended(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCode(error, s3Codes.noSuchUpload)) throw error;
  }
}
