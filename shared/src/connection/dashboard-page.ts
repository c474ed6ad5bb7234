/** The page of an agent, or of one of its runs. Its number is not an ID that the API accepts. */
const AGENT_PAGE = /(?:^|\/)workflow\/\d+(?:\/|$)/;
const OTHER_PAGES = /\/(?:workflow|api-keys|telephony-configurations)$/;
/** Behind it, `/workflow/` has another meaning. */
const API_ROOT = /\/api\/v1(?:\/|$)/;

/** Whether a text is the address of an agent's page in a Dograh dashboard, with or without `https://`. */
export function isAgentPage(text: string): boolean {
  const address = withoutQuery(text);
  return AGENT_PAGE.test(address) && !API_ROOT.test(address);
}

/** Whether a text is the address of a page that people copy from the browser: of an agent, of keys, of telephony. */
export function isDashboardPage(text: string): boolean {
  return isAgentPage(text) || OTHER_PAGES.test(withoutQuery(text).replace(/\/+$/, ''));
}

function withoutQuery(text: string): string {
  return text.replace(/[?#].*$/s, '');
}
