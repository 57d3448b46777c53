import type { Statement } from './ast.ts';
import type { Role } from './database.ts';
import { mayUse, type Work } from './engine.ts';
import { sqlError, unknownHere } from './errors.ts';

/** Statements on databases and users. */
export function administer(statement: Statement, work: Work): void {
  const { flavour } = work.asked;
  const { cluster, session } = work;
  const done = (tag: string, affected = 0) => work.answers.push({ tag, affected });
  switch (statement.kind) {
    case 'create-database': {
      const { name } = statement;
      mayAdminister(work, 'createdb', 'create database');
      if (session.before && flavour === 'postgres')
        throw sqlError(flavour, ['25001', 'CREATE DATABASE cannot run inside a transaction block'], [0, '', '']);
      if (Object.hasOwn(cluster.databases, name)) {
        if (statement.lenient) return void done('', 1);
        const words = `Can't create database '${name}'; database exists`;
        throw sqlError(flavour, ['42P04', `database "${name}" already exists`], [1007, 'HY000', words]);
      }
      const owner = statement.owner ?? session.user;
      if (flavour === 'postgres' && !Object.hasOwn(cluster.roles, owner))
        throw sqlError(flavour, ['42704', `role "${owner}" does not exist`], [0, '', '']);
      work.cluster = { ...cluster, databases: { ...cluster.databases, [name]: { owner, tables: {} } } };
      return void done('CREATE DATABASE', 1);
    }
    case 'drop-database': {
      const { name } = statement;
      mayAdminister(work, 'createdb', 'drop database');
      if (session.database === name && flavour === 'postgres')
        throw sqlError(flavour, ['55006', 'cannot drop the currently open database'], [0, '', '']);
      if (!Object.hasOwn(cluster.databases, name)) {
        const notice = { severity: 'NOTICE', message: `database "${name}" does not exist, skipping` };
        if (statement.lenient) return void work.answers.push({ notice }, { tag: 'DROP DATABASE', affected: 0 });
        const words = `Can't drop database '${name}'; database doesn't exist`;
        throw sqlError(flavour, ['3D000', `database "${name}" does not exist`], [1008, 'HY000', words]);
      }
      if (/^(?:mysql|sys|information_schema|performance_schema|template[01])$/.test(name))
        throw unknownHere('dropping a system database');
      const { [name]: gone, ...databases } = cluster.databases;
      work.cluster = { ...cluster, databases };
      if (session.database === name) work.session = { ...session, database: null };
      return void done('DROP DATABASE', Object.keys(gone?.tables ?? {}).length);
    }
    case 'create-user': {
      const { name, host, password, options } = statement;
      mayAdminister(work, 'createrole', 'create role');
      if (Object.hasOwn(cluster.roles, name)) {
        if (statement.lenient) return void done('CREATE ROLE');
        const words = `Operation CREATE USER failed for '${name}'@'${host}'`;
        throw sqlError(flavour, ['42710', `role "${name}" already exists`], [1396, 'HY000', words]);
      }
      const mine = flavour === 'postgres' ? options.filter((option) => !option.startsWith('no')) : [];
      const role: Role = { password: password ?? (flavour === 'postgres' ? null : ''), host, options: mine };
      work.cluster = { ...cluster, roles: { ...cluster.roles, [name]: role } };
      return void done('CREATE ROLE');
    }
    case 'alter-user': {
      const { name, host, password, options } = statement;
      const role = cluster.roles[name];
      if (!role) {
        const words = `Operation ALTER USER failed for '${name}'@'${host}'`;
        throw sqlError(flavour, ['42704', `role "${name}" does not exist`], [1396, 'HY000', words]);
      }
      if (name !== session.user) mayAdminister(work, 'createrole', 'alter role');
      const given = options.filter((option) => option !== 'login' || flavour !== 'postgres');
      const kept = role.options.filter((option) => !given.includes(`no${option}`));
      const next = [...new Set([...kept, ...given.filter((option) => !option.startsWith('no'))])];
      const changed = { ...role, options: next, ...(password === undefined ? {} : { password }) };
      work.cluster = { ...cluster, roles: { ...cluster.roles, [name]: changed } };
      return void done('ALTER ROLE');
    }
    case 'drop-user': {
      const { name } = statement;
      mayAdminister(work, 'createrole', 'drop role');
      if (!Object.hasOwn(cluster.roles, name)) {
        const notice = { severity: 'NOTICE', message: `role "${name}" does not exist, skipping` };
        if (statement.lenient) return void work.answers.push({ notice }, { tag: 'DROP ROLE', affected: 0 });
        const words = `Operation DROP USER failed for '${name}'@'%'`;
        throw sqlError(flavour, ['42704', `role "${name}" does not exist`], [1396, 'HY000', words]);
      }
      if (name === session.user)
        throw sqlError(flavour, ['55006', 'current user cannot be dropped'], [1396, 'HY000', '']);
      const owns = Object.values(cluster.databases).some(
        ({ owner, tables }) => owner === name || Object.values(tables).some((table) => table.owner === name),
      );
      if (owns && flavour === 'postgres') throw unknownHere('dropping a role that owns something');
      const { [name]: _, ...roles } = cluster.roles;
      work.cluster = { ...cluster, roles };
      return void done('DROP ROLE');
    }
    case 'grant':
      grant(statement, work);
      return;
    case 'use':
      if (!Object.hasOwn(cluster.databases, statement.database))
        throw sqlError(flavour, ['', ''], [1049, '42000', `Unknown database '${statement.database}'`]);
      mayUse(work, statement.database);
      work.session = { ...session, database: statement.database };
      return void work.answers.push({});
    case 'flush':
      return void done('', 0);
    default:
      throw unknownHere(statement.kind);
  }
}

function grant(statement: Statement & { kind: 'grant' }, work: Work): void {
  const { flavour } = work.asked;
  const role = work.cluster.roles[statement.user];
  if (!role) {
    const words = `Can't find any matching row in the user table`;
    throw sqlError(flavour, ['42704', `role "${statement.user}" does not exist`], [1133, '28000', words]);
  }
  if (flavour !== 'postgres') {
    if (!/^all(?: privileges)?$/.test(statement.what)) throw unknownHere(`GRANT ${statement.what.toUpperCase()}`);
    mayAdminister(work, '', '');
    const options = [...new Set([...role.options, statement.database])];
    work.cluster = { ...work.cluster, roles: { ...work.cluster.roles, [statement.user]: { ...role, options } } };
  } else if (!Object.hasOwn(work.cluster.databases, statement.database))
    throw sqlError(flavour, ['3D000', `database "${statement.database}" does not exist`], [0, '', '']);
  work.answers.push({ tag: 'GRANT', affected: 0 });
}

function mayAdminister(work: Work, option: string, what: string): void {
  const role = work.cluster.roles[work.session.user];
  const { flavour } = work.asked;
  if (
    flavour === 'postgres'
      ? role?.options.includes('superuser') || role?.options.includes(option)
      : role?.options.includes('*')
  )
    return;
  const account = `'${work.session.user}'@'${role?.host ?? '%'}'`;
  const words = `Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation`;
  const missing = option === '' || option === 'createrole' ? words : `Access denied for user ${account} to database`;
  throw sqlError(
    flavour,
    ['42501', `permission denied to ${what}`],
    [option === 'createdb' ? 1044 : 1227, '42000', missing],
  );
}
