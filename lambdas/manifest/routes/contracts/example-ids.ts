/** Ids that examples of other nouns name too: apart from the examples themselves, which would be carried along with them. */
export const EXAMPLE_CONTRACT_ID = '630c2f68-4f2d-4a60-9b1e-61f8245eaca1';
export const EXAMPLE_REQUEST_ID = 'f8b83357-6d1c-4a8b-8f0e-8366e586c8f9';
export const EXAMPLE_SITE_ID = '04101966-7c1b-4a6e-9a44-b21ff240d3f6';
export const EXAMPLE_CONTRACT_PARAMS = { contractId: EXAMPLE_CONTRACT_ID };
