import type { ValidationProblem } from '../../shared/src/contract/types.gen';
import type { OperationCheck } from './contract-validation';
import { noBody, notAnObject, notJson } from './fastapi-problem';
import type { RequestRecord } from './request-record';

/** What is wrong with a request's body, in the order in which FastAPI finds it. */
export function bodyProblems(
  record: RequestRecord,
  text: string,
  check: OperationCheck,
): ValidationProblem[] {
  if (text === '') return [noBody()];
  // FastAPI reads a body as JSON only when the request says that it is.
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
