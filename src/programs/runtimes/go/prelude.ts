/** What is read of the standard library, as its own declarations say it. */
export const prelude: { readonly [path: string]: string | undefined } = {
  fmt: `import "io"
type Stringer interface { String() string }
func Print(a ...any) (n int, err error)
func Println(a ...any) (n int, err error)
func Printf(format string, a ...any) (n int, err error)
func Sprint(a ...any) string
func Sprintln(a ...any) string
func Sprintf(format string, a ...any) string
func Errorf(format string, a ...any) error
func Fprint(w io.Writer, a ...any) (n int, err error)
func Fprintln(w io.Writer, a ...any) (n int, err error)
func Fprintf(w io.Writer, format string, a ...any) (n int, err error)
`,
  io: `type Writer interface { Write(p []byte) (n int, err error) }
type Reader interface { Read(p []byte) (n int, err error) }
func ReadAll(r Reader) ([]byte, error)
func WriteString(w Writer, s string) (n int, err error)
var EOF error
`,
  errors: `func New(text string) error
func Is(err, target error) bool
func Unwrap(err error) error
`,
  os: `type Signal interface { String() string; Signal() }
type File struct { fd int }
func (f *File) Write(p []byte) (n int, err error)
func (f *File) WriteString(s string) (n int, err error)
func (f *File) Read(p []byte) (n int, err error)
func (f *File) Close() error
var Args []string
var Stdin *File
var Stdout *File
var Stderr *File
var Interrupt Signal
func Getenv(key string) string
func LookupEnv(key string) (string, bool)
func Setenv(key, value string) error
func Environ() []string
func Exit(code int)
func ReadFile(name string) ([]byte, error)
func WriteFile(name string, data []byte, perm int) error
func Hostname() (string, error)
func Getpid() int
func Getwd() (string, error)
`,
  'os/signal': `import "os"
func Notify(c chan<- os.Signal, sig ...os.Signal)
func Stop(c chan<- os.Signal)
`,
  syscall: `type Signal int
func (s Signal) String() string
func (s Signal) Signal()
const SIGINT Signal = 2
const SIGTERM Signal = 15
const SIGHUP Signal = 1
`,
  strings: `type Builder struct { s string }
func (b *Builder) WriteString(s string) (int, error)
func (b *Builder) WriteByte(c byte) error
func (b *Builder) WriteRune(r rune) (int, error)
func (b *Builder) Write(p []byte) (int, error)
func (b *Builder) String() string
func (b *Builder) Len() int
func (b *Builder) Reset()
type Reader struct { s string }
func (r *Reader) Read(p []byte) (int, error)
func NewReader(s string) *Reader
func Contains(s, substr string) bool
func ContainsRune(s string, r rune) bool
func ContainsAny(s, chars string) bool
func HasPrefix(s, prefix string) bool
func HasSuffix(s, suffix string) bool
func Index(s, substr string) int
func LastIndex(s, substr string) int
func Split(s, sep string) []string
func SplitN(s, sep string, n int) []string
func Join(elems []string, sep string) string
func Fields(s string) []string
func Repeat(s string, count int) string
func Replace(s, old, new string, n int) string
func ReplaceAll(s, old, new string) string
func ToUpper(s string) string
func ToLower(s string) string
func Title(s string) string
func TrimSpace(s string) string
func Trim(s, cutset string) string
func TrimLeft(s, cutset string) string
func TrimRight(s, cutset string) string
func TrimPrefix(s, prefix string) string
func TrimSuffix(s, suffix string) string
func Count(s, substr string) int
func EqualFold(s, t string) bool
func Map(mapping func(rune) rune, s string) string
func Cut(s, sep string) (before, after string, found bool)
`,
  strconv: `func Itoa(i int) string
func Atoi(s string) (int, error)
func ParseInt(s string, base int, bitSize int) (int64, error)
func ParseFloat(s string, bitSize int) (float64, error)
func ParseBool(s string) (bool, error)
func FormatInt(i int64, base int) string
func FormatBool(b bool) string
func Quote(s string) string
`,
  math: `const Pi = 3.14159265358979323846264338327950288419716939937510582097494459
const E = 2.71828182845904523536028747135266249775724709369995957496696763
const MaxInt = 9223372036854775807
const MinInt = -9223372036854775808
const MaxInt64 = 9223372036854775807
const MinInt64 = -9223372036854775808
const MaxInt32 = 2147483647
const MinInt32 = -2147483648
const MaxUint32 = 4294967295
const MaxFloat64 = 1.79769313486231570814527423731704356798070e+308
func Sqrt(x float64) float64
func Pow(x, y float64) float64
func Abs(x float64) float64
func Floor(x float64) float64
func Ceil(x float64) float64
func Round(x float64) float64
func Trunc(x float64) float64
func Max(x, y float64) float64
func Min(x, y float64) float64
func Mod(x, y float64) float64
func Hypot(p, q float64) float64
func Log(x float64) float64
func Log2(x float64) float64
func Log10(x float64) float64
func Exp(x float64) float64
func Sin(x float64) float64
func Cos(x float64) float64
func Tan(x float64) float64
func Inf(sign int) float64
func NaN() float64
func IsNaN(f float64) bool
`,
  'math/rand': `func Intn(n int) int
func Int() int
func Float64() float64
func Seed(seed int64)
`,
  sort: `func Ints(x []int)
func Strings(x []string)
func Float64s(x []float64)
func Slice(x any, less func(i, j int) bool)
func SliceStable(x any, less func(i, j int) bool)
`,
  time: `type Duration int64
func (d Duration) Seconds() float64
func (d Duration) Milliseconds() int64
func (d Duration) Minutes() float64
func (d Duration) Hours() float64
func (d Duration) String() string
const Nanosecond Duration = 1
const Microsecond Duration = 1000
const Millisecond Duration = 1000000
const Second Duration = 1000000000
const Minute Duration = 60000000000
const Hour Duration = 3600000000000
const RFC3339 = "2006-01-02T15:04:05Z07:00"
const RFC1123 = "Mon, 02 Jan 2006 15:04:05 MST"
const Kitchen = "3:04PM"
type Month int
func (m Month) String() string
type Weekday int
func (d Weekday) String() string
type Time struct { us int64 }
func (t Time) Format(layout string) string
func (t Time) Unix() int64
func (t Time) UnixNano() int64
func (t Time) UnixMilli() int64
func (t Time) Year() int
func (t Time) Month() Month
func (t Time) Day() int
func (t Time) Hour() int
func (t Time) Minute() int
func (t Time) Second() int
func (t Time) Weekday() Weekday
func (t Time) UTC() Time
func (t Time) Sub(u Time) Duration
func (t Time) Add(d Duration) Time
func Now() Time
func Sleep(d Duration)
func Since(t Time) Duration
func After(d Duration) <-chan Time
`,
  sync: `type WaitGroup struct { n int }
func (wg *WaitGroup) Add(delta int)
func (wg *WaitGroup) Done()
func (wg *WaitGroup) Wait()
type Mutex struct { locked int }
func (m *Mutex) Lock()
func (m *Mutex) Unlock()
type RWMutex struct { locked int }
func (m *RWMutex) Lock()
func (m *RWMutex) Unlock()
func (m *RWMutex) RLock()
func (m *RWMutex) RUnlock()
type Once struct { done bool }
func (o *Once) Do(f func())
`,
  log: `func Print(v ...any)
func Println(v ...any)
func Printf(format string, v ...any)
func Fatal(v ...any)
func Fatalln(v ...any)
func Fatalf(format string, v ...any)
func SetFlags(flag int)
func SetPrefix(prefix string)
const Ldate = 1
const Ltime = 2
const LstdFlags = 3
`,
  bufio: `import "io"
type Scanner struct { src io.Reader; text string }
func (s *Scanner) Scan() bool
func (s *Scanner) Text() string
func (s *Scanner) Err() error
func NewScanner(r io.Reader) *Scanner
`,
  'encoding/json': `import "io"
func Marshal(v any) ([]byte, error)
func MarshalIndent(v any, prefix, indent string) ([]byte, error)
type Encoder struct { w io.Writer }
func NewEncoder(w io.Writer) *Encoder
func (e *Encoder) Encode(v any) error
`,
  'unicode/utf8': `func RuneCountInString(s string) int
func RuneLen(r rune) int
`,
  unicode: `func IsUpper(r rune) bool
func IsLower(r rune) bool
func IsDigit(r rune) bool
func IsLetter(r rune) bool
func IsSpace(r rune) bool
func IsPunct(r rune) bool
func ToUpper(r rune) rune
func ToLower(r rune) rune
`,
  'net/url': `type Values map[string][]string
func (v Values) Get(key string) string
func (v Values) Has(key string) bool
type URL struct { Path string; RawQuery string }
func (u *URL) Query() Values
func (u *URL) String() string
`,
  'net/http': `import ("io"; "net/url")
const StatusOK = 200
const StatusCreated = 201
const StatusNoContent = 204
const StatusMovedPermanently = 301
const StatusFound = 302
const StatusBadRequest = 400
const StatusForbidden = 403
const StatusNotFound = 404
const StatusMethodNotAllowed = 405
const StatusInternalServerError = 500
const MethodGet = "GET"
const MethodPost = "POST"
const MethodPut = "PUT"
const MethodDelete = "DELETE"
type Header map[string][]string
func (h Header) Set(key, value string)
func (h Header) Add(key, value string)
func (h Header) Get(key string) string
func (h Header) Del(key string)
type ResponseWriter interface { Header() Header; Write(p []byte) (int, error); WriteHeader(status int) }
type response struct { request int; status int; header Header; body string }
func (r *response) Header() Header
func (r *response) Write(p []byte) (int, error)
func (r *response) WriteHeader(status int)
type Request struct { Method string; URL *url.URL; Proto string; Header Header; Body io.Reader; Host string; RemoteAddr string; RequestURI string }
func (r *Request) FormValue(key string) string
func (r *Request) UserAgent() string
type Handler interface { ServeHTTP(w ResponseWriter, r *Request) }
type HandlerFunc func(w ResponseWriter, r *Request)
func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request)
type Dir string
type fileServer struct { root string }
func (f *fileServer) ServeHTTP(w ResponseWriter, r *Request)
type ServeMux struct { routes map[string]Handler }
func (m *ServeMux) HandleFunc(pattern string, handler func(ResponseWriter, *Request))
func (m *ServeMux) Handle(pattern string, handler Handler)
func (m *ServeMux) ServeHTTP(w ResponseWriter, r *Request)
func NewServeMux() *ServeMux
func HandleFunc(pattern string, handler func(ResponseWriter, *Request))
func Handle(pattern string, handler Handler)
func FileServer(root Dir) Handler
func ListenAndServe(addr string, handler Handler) error
func Error(w ResponseWriter, error string, code int)
func NotFound(w ResponseWriter, r *Request)
func Redirect(w ResponseWriter, r *Request, url string, code int)
func StatusText(code int) string
`,
};
