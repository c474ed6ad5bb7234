/**
 * Milliseconds that the client may take for everything in one step. It must stay below Zapier's 30 seconds.
 * When Zapier itself stops a step, that is an error, and Autoreplay could place the call again.
 */
export const MAX_STEP_MS = 25_000;

/** Milliseconds that one request may take. All requests of a step must fit into `MAX_STEP_MS`. */
export const MAX_REQUEST_MS = {
  /** After a timeout, the client still needs time to look for the run. */
  placeCall: 15_000,
  /** A page that takes longer is requested a second time in the same poll. */
  pollCalls: 12_000,
  /** A search may need several requests. */
  findCall: 10_000,
  findCampaign: 8_000,
  /** A poll checks some campaigns, each with two requests. */
  pollCampaigns: 8_000,
  /** Lists and fields of the form may need two requests. */
  fillForm: 12_000,
  /** The test may need two requests. */
  testConnection: 12_000,
  fetchFile: 12_000,
  /** A launch waits 10 seconds before it starts its campaign, and needs several requests. */
  launchCampaign: 8_000,
  /** After a lost response, the client reads the state of the campaign. */
  changeCampaign: 8_000,
} as const;
