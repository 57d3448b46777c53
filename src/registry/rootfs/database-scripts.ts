/** The entry points of database images: what the official ones do, in fewer words (files in docker-entrypoint-initdb.d, users, the first start). */
export const postgresScript = `#!/bin/sh
set -e

file_env() {
    eval "_value=\\\${$1:-}"
    eval "_file=\\\${$1_FILE:-}"
    if [ "$_value" ] && [ "$_file" ]; then
        echo "error: both $1 and $1_FILE are set (but are exclusive)" >&2
        exit 1
    fi
    [ -z "$_file" ] || _value="$(cat "$_file")"
    export "$1=\${_value:-$2}"
}

run_sql() {
    if [ "$POSTGRES_DB" ]; then
        PGHOST= psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc --dbname "$POSTGRES_DB" "$@"
    else
        PGHOST= psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"
    fi
}

case "$1" in -*) set -- postgres "$@" ;; esac

want_help=
for arg; do
    case "$arg" in -V|--version|--help) want_help=1 ;; esac
done

if [ "$1" = 'postgres' ] && [ -z "$want_help" ]; then
    file_env POSTGRES_PASSWORD
    file_env POSTGRES_USER postgres
    file_env POSTGRES_DB "$POSTGRES_USER"
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA" || :
    mkdir -p /var/run/postgresql || :
    chmod 3775 /var/run/postgresql || :
    if [ "$(id -u)" = '0' ]; then
        find "$PGDATA" ! -user postgres -exec chown postgres '{}' +
        find /var/run/postgresql ! -user postgres -exec chown postgres '{}' +
        exec gosu postgres "$0" "$@"
    fi
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
        if [ -z "$POSTGRES_PASSWORD" ] && [ 'trust' != "$POSTGRES_HOST_AUTH_METHOD" ]; then
            cat >&2 <<'EOE'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
EOE
            exit 1
        fi
        if [ 'trust' = "$POSTGRES_HOST_AUTH_METHOD" ]; then
            cat >&2 <<'EOW'
********************************************************************************
WARNING: POSTGRES_HOST_AUTH_METHOD has been set to "trust". This will allow
         anyone with access to the Postgres port to access your database without
         a password, even if POSTGRES_PASSWORD is set. See PostgreSQL
         documentation about "trust":
         https://www.postgresql.org/docs/current/auth-trust.html
         In Docker's default configuration, this is effectively any other
         container on the same system.

         It is not recommended to use POSTGRES_HOST_AUTH_METHOD=trust. Replace
         it with "-e POSTGRES_PASSWORD=password" instead to set a password in
         "docker run".
********************************************************************************
EOW
        fi
        pwfile="$(mktemp)"
        printf '%s\\n' "$POSTGRES_PASSWORD" > "$pwfile"
        initdb --username="$POSTGRES_USER" --pwfile="$pwfile" $POSTGRES_INITDB_ARGS
        rm -f "$pwfile"
        printf '\\nhost all all all %s\\n' "\${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
        export PGPASSWORD="\${PGPASSWORD:-$POSTGRES_PASSWORD}"
        pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p \${PGPORT:-5432}" -w start
        if [ "$POSTGRES_DB" != 'postgres' ]; then
            echo 'CREATE DATABASE :"db" ;' | POSTGRES_DB= run_sql --dbname postgres --set db="$POSTGRES_DB"
            echo
        fi
        echo
        for f in /docker-entrypoint-initdb.d/*; do
            case "$f" in
                *.sh)
                    if [ -x "$f" ]; then
                        echo "$0: running $f"
                        "$f"
                    else
                        echo "$0: sourcing $f"
                        . "$f"
                    fi
                    ;;
                *.sql) echo "$0: running $f"; run_sql -f "$f"; echo ;;
                *.sql.gz) echo "$0: running $f"; gunzip -c "$f" | run_sql; echo ;;
                *) echo "$0: ignoring $f" ;;
            esac
            echo
        done
        pg_ctl -D "$PGDATA" -m fast -w stop
        unset PGPASSWORD
        printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'
    else
        printf '\\nPostgreSQL Database directory appears to contain a database; Skipping initialization\\n\\n'
    fi
fi

exec "$@"
`;

/** The entry point of mysql and mariadb; their variables and words differ a little. */
export function mysqlScript(server: 'mysqld' | 'mariadbd'): string {
  const mariadb = server === 'mariadbd';
  const [client, admin, title] = mariadb ? ['mariadb', 'mariadb-admin', 'MariaDB'] : ['mysql', 'mysqladmin', 'MySQL'];
  const also = mariadb
    ? '    for each in ROOT_PASSWORD DATABASE USER PASSWORD; do eval "export MYSQL_$each=\\"\\${MARIADB_$each:-\\$MYSQL_$each}\\""; done\n    MYSQL_ALLOW_EMPTY_PASSWORD="${MARIADB_ALLOW_EMPTY_ROOT_PASSWORD:-$MYSQL_ALLOW_EMPTY_PASSWORD}"\n'
    : '';
  const missing = mariadb
    ? "            error 'Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD'"
    : "            error 'Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD'";
  const version = mariadb ? 'MARIADB_VERSION' : 'MYSQL_VERSION';
  return `#!/bin/sh
set -e

log() {
    type="$1"
    shift
    printf '%s [%s] [Entrypoint]: %s\\n' "$(date -u '+%Y-%m-%d %H:%M:%S+00:00')" "$type" "$*"
}
note() { log Note "$@"; }
error() { log ERROR "$@" >&2; exit 1; }

file_env() {
    eval "_value=\\\${$1:-}"
    eval "_file=\\\${$1_FILE:-}"
    if [ "$_value" ] && [ "$_file" ]; then
        error "Both $1 and $1_FILE are set (but are exclusive)"
    fi
    [ -z "$_file" ] || _value="$(cat "$_file")"
    export "$1=$_value"
}

run_sql() {
    MYSQL_PWD="$SQL_PASSWORD" ${client} -u root "$@"
}

case "$1" in -*) set -- ${server} "$@" ;; esac

if [ "$1" = '${server}' ] || [ "$1" = 'mysqld' ]; then
    note "Entrypoint script for ${title} Server $${version} started."
    mkdir -p /var/lib/mysql /var/run/mysqld
    if [ "$(id -u)" = '0' ]; then
        find /var/lib/mysql /var/run/mysqld ! -user mysql -exec chown mysql '{}' +
        note "Switching to dedicated user 'mysql'"
        exec gosu mysql "$0" "$@"
    fi
${also}    for each in ROOT_PASSWORD DATABASE USER PASSWORD; do file_env "MYSQL_$each"; done
    if [ ! -d /var/lib/mysql/mysql ]; then
        if [ -z "$MYSQL_ROOT_PASSWORD" ] && [ -z "$MYSQL_ALLOW_EMPTY_PASSWORD" ]; then
            if [ "$MYSQL_RANDOM_ROOT_PASSWORD$MARIADB_RANDOM_ROOT_PASSWORD" ]; then
                error 'drydock: a random root password is not simulated'
            fi
${missing}
        fi
        note 'Initializing database files'
        ${server} --initialize-insecure --datadir=/var/lib/mysql
        note 'Database files initialized'
        note 'Starting temporary server'
        "$@" --skip-networking --socket=/var/run/mysqld/mysqld.sock &
        server="$!"
        SQL_PASSWORD=
        until ${admin} ping --silent > /dev/null 2>&1; do
            kill -0 "$server" 2> /dev/null || error 'Unable to start server.'
            sleep 1
        done
        note 'Temporary server started.'
        if [ "$MYSQL_ROOT_PASSWORD" ]; then
            run_sql -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'"
            SQL_PASSWORD="$MYSQL_ROOT_PASSWORD"
        fi
        if [ "$MYSQL_DATABASE" ]; then
            note "Creating database $MYSQL_DATABASE"
            run_sql -e "CREATE DATABASE IF NOT EXISTS \\\`$MYSQL_DATABASE\\\`"
        fi
        if [ "$MYSQL_USER" ] && [ "$MYSQL_PASSWORD" ]; then
            note "Creating user $MYSQL_USER"
            run_sql -e "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD'"
            if [ "$MYSQL_DATABASE" ]; then
                note "Giving user $MYSQL_USER access to schema $MYSQL_DATABASE"
                run_sql -e "GRANT ALL ON \\\`$MYSQL_DATABASE\\\`.* TO '$MYSQL_USER'@'%'"
            fi
        fi
        echo
        for f in /docker-entrypoint-initdb.d/*; do
            [ -e "$f" ] || continue
            case "$f" in
                *.sh)
                    if [ -x "$f" ]; then
                        note "$0: running $f"
                        "$f"
                    else
                        note "$0: sourcing $f"
                        . "$f"
                    fi
                    ;;
                *.sql) note "$0: running $f"; run_sql $MYSQL_DATABASE < "$f"; echo ;;
                *.sql.gz) note "$0: running $f"; gunzip -c "$f" | run_sql $MYSQL_DATABASE; echo ;;
                *) log Warn "$0: ignoring $f" >&2 ;;
            esac
            echo
        done
        note 'Stopping temporary server'
        kill "$server"
        wait "$server" || error 'Unable to shut down server.'
        note 'Temporary server stopped'
        echo
        note '${title} init process done. Ready for start up.'
        echo
    fi
fi

exec "$@"
`;
}
