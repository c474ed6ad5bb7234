import { simplifyRun, type RunSearchInput } from '@dograh/shared';
import { tryToParseDateTime, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../../execution/each-item';
import type { Read } from '../../execution/parameters';
import { valueOf } from '../agent/choose-agent';

/** The runs that the filters let through, each an item of its own. */
export const getAll: Operation = async ({ context, client, read }) => {
  const isSimple = read('simplify') === true;
  const search = readSearch(read, context.getTimezone());
  const items: INodeExecutionData[] = [];
  for await (const run of client.listRuns(search, context.getExecutionCancelSignal())) {
    items.push({ json: isSimple ? { ...simplifyRun(run) } : { ...run } });
  }
  return items;
};

function readSearch(read: Read, zone: string): RunSearchInput {
  const filters = read('filters', {}) as IDataObject;
  return {
    agentUuid: valueOf(filters.agent),
    phoneNumber: filters.phoneNumber,
    startDate: inZone(filters.startDate, zone, 'start'),
    endDate: inZone(filters.endDate, zone, 'end'),
    disposition: filters.disposition,
    direction: filters.direction,
    limit: read('returnAll') === true ? undefined : read('limit'),
  };
}

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/;

/** n8n's field for dates gives a time without its zone; that of the workflow is meant. */
function inZone(value: unknown, zone: string, which: 'start' | 'end'): unknown {
  if (typeof value !== 'string' || !WITHOUT_ZONE.test(value.trim())) return value;
  try {
    const time = tryToParseDateTime(value, zone);
    const isWholeDay = /^\S{10}$/.test(value.trim());
    return (isWholeDay && which === 'end' ? time.endOf('day') : time).toISO();
  } catch {
    return value;
  }
}
