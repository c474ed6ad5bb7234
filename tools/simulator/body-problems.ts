import type { ValidationProblem } from '../../shared/src/contract/types.gen';
import type { OperationCheck } from './contract-validation';
import { noBody, notAnObject, notJson } from './fastapi-problem';
import type { RequestRecord } from './request-record';

/** The problems of a request body, in the order in which FastAPI finds them. */
export function bodyProblems(
  record: RequestRecord,
  text: string,
  check: OperationCheck,
): ValidationProblem[] {
  if (text === '') return [noBody()];
  // FastAPI reads a body as JSON only if the content type says so.
  const contentType = record.headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return [notAnObject(text)];
  if (!isJson(text)) return [notJson()];
  return check.body(record.body);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
