/** Where the routes lie: `domain: <origin>/directline` is ours, the others are what clients of the Bot Framework add or expect. Longest first. */
export const DIRECT_LINE_PATHS = ['/directline/v3/directline', '/v3/directline', '/directline']
