// A persistent connection with one request in flight at a time. Node's HTTP client needs several times the CPU time, which would be
// taken from the server on the same two cores.
import { connect } from 'node:net';
import { parseResponse } from './http-response.mjs';

export class Connection {
  #socket;
  #received = Buffer.alloc(0);
  #pending = null;

  static open(server) {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject).once('connect', () => resolve(new Connection(socket)));
    });
  }

  static openAll(server, count) {
    return Promise.all(Array.from({ length: count }, () => Connection.open(server)));
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#receive(bytes)).on('error', () => {}).on('close', () => this.#settle('reject', new Error('The server closed the connection.')));
  }

  /** Sends a complete request; resolves to the status, head and body of the response. */
  send(request) {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      if (this.#socket.destroyed) this.#settle('reject', new Error('The connection is closed.'));
      else this.#socket.write(request);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #receive(bytes) {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const response = parseResponse(this.#received);
    if (response) {
      this.#received = Buffer.alloc(0);
      this.#settle('resolve', response);
    }
  }

  #settle(how, value) {
    const pending = this.#pending;
    this.#pending = null;
    pending?.[how](value);
  }
}
