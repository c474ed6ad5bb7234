import type { AgentVariable } from '@dograh/shared';

/**
 * Characters that n8n 2.41 shows of a label in its form, which is as wide on every screen. It cuts off the rest and
 * shows it nowhere. Required fields have room for fewer, because n8n puts an icon beside them.
 */
const MAX_REQUIRED = 22;
const MAX_OPTIONAL = 26;
const STAR = ' *';
/** The words around a fallback, as in `language (or "English")`. */
const WORDS = ' (or )';

/**
 * The label of a variable's field. A star marks a variable without a fallback, others show it, or its beginning.
 * A long name loses its middle, because names often differ at the end: `customers…first_name *`.
 */
export function variableLabel(variable: AgentVariable): string {
  const { name, fallback, required } = variable;
  if (required) return `${withoutMiddle(name, MAX_REQUIRED - STAR.length)}${STAR}`;
  const shown = withoutMiddle(name, MAX_OPTIONAL - WORDS.length - 1);
  const room = MAX_OPTIONAL - WORDS.length - [...shown].length;
  const other = variable.may_be_fetched ? 'fetched' : shortened(fallback ?? '', room);
  return `${shown} (or ${other})`;
}

/** A fallback in quotes. Without one, the agent says nothing in place of the variable. */
function shortened(fallback: string, room: number): string {
  const text = fallback.replace(/\s+/g, ' ').trim();
  const whole = text === '' ? 'nothing' : `"${text}"`;
  if ([...whole].length <= room) return whole;
  const length = room - '"…"'.length;
  return text === '' || length < 3 ? '…' : `"${[...text].slice(0, length).join('')}…"`;
}

function withoutMiddle(text: string, maxLength: number): string {
  const characters = [...text];
  if (characters.length <= maxLength) return text;
  const start = Math.floor((maxLength - 1) / 2);
  const end = maxLength - 1 - start;
  return `${characters.slice(0, start).join('')}…${characters.slice(-end).join('')}`;
}
