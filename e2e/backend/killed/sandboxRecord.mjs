/**
 * What the sandbox saw after a moment.
 *
 * @param {string} sandboxUrl
 * @param {number} since sequence number; 0 is the beginning
 * @returns {Promise<{ seq: number, requests: { method: string, path: string, status: number | null }[],
 *   actions: { command: string, status: string, resources: { type: string, id: number }[] }[] }>}
 */
export async function readRecord(sandboxUrl, since = 0) {
  const response = await fetch(`${sandboxUrl}/control/record?since=${since}`);
  if (!response.ok) {
    throw new Error(`The sandbox answered ${response.status} for its record.`);
  }
  return response.json();
}

const isDone = ({ status }) => status !== null && status < 300;

/**
 * How often something was made.
 *
 * @param {{ requests: object[] }} record
 * @returns {Record<string, number>} by collection, such as `servers`
 */
export function countCreated({ requests }) {
  const counts = {};
  for (const { method, path, ...request } of requests) {
    const [, collection, rest] = path.split('/');
    if (method === 'POST' && rest === undefined && isDone(request)) {
      counts[collection] = (counts[collection] ?? 0) + 1;
    }
  }
  return counts;
}

/**
 * What was deleted, such as `/servers/42`, as often as it was.
 *
 * @param {{ requests: object[] }} record
 * @returns {string[]}
 */
export function listDeleted({ requests }) {
  return requests
    .filter(request => request.method === 'DELETE' && isDone(request))
    .map(({ path }) => path);
}
