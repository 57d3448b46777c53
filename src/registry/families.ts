import { rpmSystems } from './bases.ts';

/** What an image without a record of its own is made from: a recorded image, or an operating system and nothing else. */
export interface Family {
  /** The recorded image whose rows it takes (`php:apache`), or only a base (`alpine 3.24`). */
  readonly template?: string;
  readonly base?: string;
  /** Its version numbers are those of the template's own application. */
  readonly sameVersions?: true;
  readonly cmd?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly ports?: readonly string[];
}

const shell = (base: string, ...cmd: string[]): Family => ({ base, cmd });
const server = (base: string, port: string, ...cmd: string[]): Family => ({ base, cmd, ports: [port] });
const like = (template: string, ...cmd: string[]): Family => ({ template, ...(cmd.length > 0 ? { cmd } : {}) });

const alpine = 'alpine 3.24';
const slim = 'debian trixie-slim';
const rpm = 'oraclelinux 9';
const java = 'eclipse-temurin:21';
const web = 'php:apache';

/** Official repositories without a recorded image, by what they are built like. */
const families: { readonly [repository: string]: Family | undefined } = {
  cirros: shell(alpine, '/bin/sh'),
  neurodebian: shell('debian trixie', 'bash'),
  bash: { base: alpine, cmd: ['bash'], entrypoint: ['docker-entrypoint.sh'] },
  'buildpack-deps': shell('debian trixie', 'bash'),
  'eclipse-mosquitto': {
    base: alpine,
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['/usr/sbin/mosquitto', '-c', '/mosquitto/config/mosquitto.conf'],
    ports: ['1883/tcp'],
  },
  nats: { base: alpine, entrypoint: ['/nats-server'], cmd: ['--config', 'nats-server.conf'], ports: ['4222/tcp'] },
  haproxy: {
    base: slim,
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
  },
  influxdb: { base: slim, entrypoint: ['/entrypoint.sh'], cmd: ['influxd'], ports: ['8086/tcp'] },
  telegraf: { base: slim, entrypoint: ['/entrypoint.sh'], cmd: ['telegraf'] },
  kong: { base: 'ubuntu 24.04', entrypoint: ['/entrypoint.sh'], cmd: ['kong', 'docker-start'], ports: ['8000/tcp'] },
  couchdb: server(slim, '5984/tcp', '/opt/couchdb/bin/couchdb'),
  varnish: server(slim, '80/tcp', 'varnishd'),
  percona: { template: 'mysql:latest' },
  rethinkdb: server(slim, '28015/tcp', 'rethinkdb', '--bind', 'all'),
  perl: shell('debian trixie', 'perl', '-de0'),
  haskell: shell('debian bookworm', 'ghci'),
  erlang: shell('debian trixie', 'erl'),
  elixir: shell('debian trixie', 'iex'),
  julia: shell(slim, 'julia'),
  swift: shell('ubuntu 24.04', '/bin/bash'),
  dart: shell(slim, 'bash'),
  'r-base': shell('debian trixie', 'R'),
  ros: { base: 'ubuntu 24.04', entrypoint: ['/ros_entrypoint.sh'], cmd: ['bash'] },
  gazebo: { base: 'ubuntu 22.04', entrypoint: ['/ros_entrypoint.sh'], cmd: ['bash'] },
  irssi: shell(slim, 'irssi'),
  znc: { base: alpine, entrypoint: ['/entrypoint.sh'] },
  pypy: { template: 'python:latest', cmd: ['pypy3'] },
  hylang: { template: 'python:latest', cmd: ['hy'] },
  odoo: { base: 'ubuntu 24.04', entrypoint: ['/entrypoint.sh'], cmd: ['odoo'], ports: ['8069/tcp'] },
  ghost: { template: 'node:latest', cmd: ['node', 'current/index.js'], ports: ['2368/tcp'] },
  'mongo-express': {
    template: 'node:22-alpine',
    entrypoint: ['/sbin/tini', '--', '/docker-entrypoint.sh'],
    cmd: ['mongo-express'],
    ports: ['8081/tcp'],
  },
  'rocket.chat': { template: 'node:latest', cmd: ['node', 'main.js'], ports: ['3000/tcp'] },
  kibana: server(rpm, '5601/tcp', '/usr/local/bin/kibana-docker'),
  redmine: { template: 'ruby:latest', cmd: ['rails', 'server', '-b', '0.0.0.0'], ports: ['3000/tcp'] },
  composer: { base: alpine, entrypoint: ['/docker-entrypoint.sh'], cmd: ['composer'] },
  nextcloud: { template: web, entrypoint: ['/entrypoint.sh'], cmd: ['apache2-foreground'] },
  phpmyadmin: { template: web, entrypoint: ['/docker-entrypoint.sh'], cmd: ['apache2-foreground'] },
  joomla: { template: web, entrypoint: ['/entrypoint.sh'], cmd: ['apache2-foreground'] },
  maven: { template: java, entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'] },
  gradle: like(java, 'gradle'),
  groovy: like(java, 'groovysh'),
  clojure: like(java, 'rep'),
  jruby: like(java, 'irb'),
  tomee: like('tomcat:latest', 'catalina.sh', 'run'),
  jetty: { template: java, entrypoint: ['/docker-entrypoint.sh'], cmd: ['java', '-jar', '/usr/local/jetty/start.jar'] },
  cassandra: {
    template: java,
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['cassandra', '-f'],
    ports: ['7000/tcp', '7001/tcp', '7199/tcp', '9042/tcp', '9160/tcp'],
  },
  elasticsearch: {
    base: rpm,
    entrypoint: ['/bin/tini', '--', '/usr/local/bin/docker-entrypoint.sh'],
    cmd: ['eswrapper'],
    ports: ['9200/tcp', '9300/tcp'],
  },
  logstash: { base: rpm, entrypoint: ['/usr/local/bin/docker-entrypoint'], ports: ['9600/tcp', '5044/tcp'] },
  neo4j: {
    template: java,
    entrypoint: ['tini', '-g', '--', '/startup/docker-entrypoint.sh'],
    cmd: ['neo4j'],
    ports: ['7473/tcp', '7474/tcp', '7687/tcp'],
  },
  solr: { template: java, entrypoint: ['docker-entrypoint.sh'], cmd: ['solr-foreground'], ports: ['8983/tcp'] },
  sonarqube: { template: java, entrypoint: ['/opt/sonarqube/docker/entrypoint.sh'], cmd: [], ports: ['9000/tcp'] },
  zookeeper: {
    template: java,
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['zkServer.sh', 'start-foreground'],
    ports: ['2181/tcp', '2888/tcp', '3888/tcp', '8080/tcp'],
  },
};

const javaBuilds = ['amazoncorretto', 'azul-zulu', 'ibm-semeru-runtimes', 'ibmjava', 'openjdk', 'sapmachine'];

const groups: readonly (readonly [template: string, names: string])[] = [
  [java, javaBuilds.join(' ')],
  [java, 'bonita crate flink geonetwork lightstreamer liquibase open-liberty orientdb spark storm'],
  [java, 'websphere-liberty xwiki silverpeas convertigo'],
  [web, 'backdrop drupal espocrm friendica matomo mediawiki monica php-zendserver postfixadmin yourls'],
];

/** What an official repository without a recorded image is made from. Unknown ones: a program of that name on Debian. */
export function familyOf(repository: string): Family {
  const known = Object.hasOwn(families, repository) ? families[repository] : undefined;
  if (known) return known;
  if (rpmSystems.includes(repository)) return shell(rpm, '/bin/bash');
  const template = groups.find(([, names]) => names.split(' ').includes(repository))?.[0];
  if (template === undefined) return { base: slim, cmd: [repository] };
  return { template, ...(javaBuilds.includes(repository) ? { sameVersions: true } : {}) };
}
