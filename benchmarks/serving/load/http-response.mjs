// A minimal HTTP/1.1 response parser: supports Content-Length and chunked bodies.
const headEnd = Buffer.from('\r\n\r\n');

/** Returns the chunked body that begins at `start`, or null if it is incomplete. */
function chunked(bytes, start) {
  const parts = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (at > bytes.length) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, at - 2));
  }
}

/** Returns the status, head and body of the response in `bytes`, or null if it is incomplete. */
export function parseResponse(bytes) {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const start = end + headEnd.length;
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) {
    const body = chunked(bytes, start);
    return body && { status, head, body };
  }

  return bytes.length < start + Number(length) ? null : { status, head, body: bytes.subarray(start, start + Number(length)) };
}
