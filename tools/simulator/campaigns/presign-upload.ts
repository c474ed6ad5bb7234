import { randomUUID } from 'node:crypto';
import type { UploadAddress, UploadRequest } from '../../../shared/src/contract/types.gen';
import type { Storage } from '../storage';
import type { Organization } from '../world';

const validSeconds = 900;

/** Dograh's address for the upload of contacts. Dograh does not remember it, and never checks the size of the file. */
export function presignUpload(
  { file_name: fileName, content_type: contentType = 'text/csv' }: UploadRequest,
  organization: Organization,
  storage: Storage,
): UploadAddress {
  const safeName = fileName.replace(/[^a-zA-Z0-9._-]/gu, '_');
  const key = `campaigns/${String(organization.id)}/${randomUUID()}_${safeName}`;
  return {
    upload_url: storage.uploadUrl(key, contentType, validSeconds),
    file_key: key,
    expires_in: validSeconds,
  };
}
