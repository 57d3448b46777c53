// Modules that Dockerfiles get without naming a version: the path, and a version of 2025 or 2026.
const rows = `
github.com/gin-gonic/gin v1.11.0
github.com/labstack/echo/v4 v4.13.4
github.com/gorilla/mux v1.8.1
github.com/gofiber/fiber/v2 v2.52.9
github.com/go-chi/chi/v5 v5.2.3
github.com/sirupsen/logrus v1.9.3
github.com/spf13/cobra v1.10.1
github.com/spf13/viper v1.21.0
github.com/lib/pq v1.10.9
github.com/jackc/pgx/v5 v5.7.6
github.com/go-sql-driver/mysql v1.9.3
github.com/redis/go-redis/v9 v9.16.0
github.com/google/uuid v1.6.0
github.com/stretchr/testify v1.11.1
github.com/prometheus/client_golang v1.23.2
github.com/streadway/amqp v1.1.0
github.com/rabbitmq/amqp091-go v1.10.0
github.com/joho/godotenv v1.5.1
github.com/golang-jwt/jwt/v5 v5.3.0
github.com/mattn/go-sqlite3 v1.14.32
github.com/opentracing/opentracing-go v1.2.0
github.com/instana/go-sensor v1.71.0
google.golang.org/grpc v1.76.0
google.golang.org/protobuf v1.36.10
go.uber.org/zap v1.27.0
gorm.io/gorm v1.31.0
golang.org/x/crypto v0.43.0
golang.org/x/net v0.46.0
golang.org/x/sync v0.17.0
go.mongodb.org/mongo-driver v1.17.6
`;

/** The module that has a package, with the version that stands for its newest; undefined when nothing is known of it. */
export function knownModule(wanted: string): { readonly path: string; readonly version: string } | undefined {
  for (const row of rows.trim().split('\n')) {
    const [path = '', version = ''] = row.split(' ');
    if (wanted === path || wanted.startsWith(`${path}/`)) return { path, version };
  }
  return undefined;
}
