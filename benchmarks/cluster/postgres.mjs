// A private PostgreSQL server with its own data directory and port, reachable only from this machine.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../serving/machine/server.mjs';

const user = 'postgres';
const programs = process.env.POSTGRES_BIN ?? join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql').sort().at(-1), 'bin');

/** PostgreSQL refuses to run as root: it then runs as the user that its package created. */
const asUser = process.getuid() === 0 ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'] : [];

const command = (program, args) => [...asUser, join(programs, program), ...args];

/** Starts a server with the default settings, so that commits are durable. */
export async function startPostgres() {
  const directory = mkdtempSync(join(tmpdir(), 'rnn-postgres-'));
  if (asUser.length > 0) chownSync(directory, Number(execFileSync('id', ['-u', user])), Number(execFileSync('id', ['-g', user])));
  const data = join(directory, 'data');
  const [initdb, ...initArguments] = command('initdb', ['-D', data, '-U', 'rnn', '-A', 'trust', '-E', 'UTF8', '--locale=C']);
  execFileSync(initdb, initArguments, { stdio: 'pipe' });
  const port = await freePort();
  const [program, ...args] = command('postgres', [
    '-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${directory}`, '-c', 'max_connections=300']);
  const child = spawn(program, args, { stdio: 'ignore' });
  process.on('exit', () => child.kill('SIGINT'));

  const query = (sql, database = 'postgres') =>
    execFileSync(join(programs, 'psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'rnn', '-d', database, '-At', '-c', sql], { stdio: 'pipe' }).toString().trim();
  for (let attempt = 0; ; attempt++) {
    try {
      query('CREATE DATABASE rnn');
      break;
    } catch (error) {
      if (attempt === 100) throw error;
      await delay(100);
    }
  }

  return {
    connectionString: `Host=127.0.0.1;Port=${port};Database=rnn;Username=rnn`,
    query: (sql) => query(sql, 'rnn'),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    },
  };
}
