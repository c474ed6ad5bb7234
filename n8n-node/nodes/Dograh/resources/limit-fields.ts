import type { LimitInput } from '@dograh/shared';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Read } from '../execution/parameters';

/** How many results an operation gives. @param show for which operation */
export function limitFields(show: NonNullable<IDisplayOptions['show']>): INodeProperties[] {
  return [
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      default: false,
      displayOptions: { show },
      description: 'Whether to return all results or only up to a given limit',
    },
    {
      displayName: 'Limit',
      name: 'limit',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 50,
      displayOptions: { show: { ...show, returnAll: [false] } },
      description: 'Max number of results to return',
    },
  ];
}

/** The values of these fields. n8n has no Limit while Return All is on. */
export function readLimit(read: Read): LimitInput {
  return { returnAll: read('returnAll'), limit: read('limit', '') };
}
