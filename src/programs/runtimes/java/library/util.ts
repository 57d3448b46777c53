/** The classes of java.util, java.io and others that are known here, as their declarations; one package each. */
export function librarySources(): readonly string[] {
  return [
    `package java.util;
public interface Iterator<E> { boolean hasNext(); E next(); default void remove(); }
public interface Collection<E> extends Iterable<E> { int size(); boolean isEmpty(); boolean contains(Object o); Iterator<E> iterator(); Object[] toArray(); <T> T[] toArray(T[] a); boolean add(E e); boolean remove(Object o); boolean containsAll(Collection<?> c); boolean addAll(Collection<? extends E> c); boolean removeAll(Collection<?> c); default boolean removeIf(java.util.function.Predicate<? super E> p); boolean retainAll(Collection<?> c); void clear(); default java.util.stream.Stream<E> stream(); }
public interface SequencedCollection<E> extends Collection<E> { }
public interface List<E> extends Collection<E> { E get(int i); E set(int i, E e); boolean add(E e); void add(int i, E e); E remove(int i); boolean remove(Object o); int indexOf(Object o); int lastIndexOf(Object o); default void sort(Comparator<? super E> c); default void replaceAll(java.util.function.UnaryOperator<E> f); List<E> subList(int a, int b); default E getFirst(); default E getLast(); default E removeFirst(); default E removeLast(); default List<E> reversed(); static <E> List<E> of(); static <E> List<E> of(E a); static <E> List<E> of(E a, E b); static <E> List<E> of(E a, E b, E c); static <E> List<E> of(E a, E b, E c, E d); static <E> List<E> of(E a, E b, E c, E d, E e); static <E> List<E> of(E a, E b, E c, E d, E e, E f); static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g); static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h); static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i); static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i, E j); static <E> List<E> of(E... all); static <E> List<E> copyOf(Collection<? extends E> c); }
public interface Set<E> extends Collection<E> { static <E> Set<E> of(); static <E> Set<E> of(E a); static <E> Set<E> of(E a, E b); static <E> Set<E> of(E a, E b, E c); static <E> Set<E> of(E a, E b, E c, E d); static <E> Set<E> of(E a, E b, E c, E d, E e); static <E> Set<E> of(E a, E b, E c, E d, E e, E f); static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g); static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h); static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i); static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i, E j); static <E> Set<E> of(E... all); static <E> Set<E> copyOf(Collection<? extends E> c); }
public interface SortedSet<E> extends Set<E> { E first(); E last(); }
public interface Queue<E> extends Collection<E> { boolean offer(E e); E remove(); E poll(); E element(); E peek(); }
public interface Deque<E> extends Queue<E> { void addFirst(E e); void addLast(E e); boolean offerFirst(E e); boolean offerLast(E e); E removeFirst(); E removeLast(); E pollFirst(); E pollLast(); E getFirst(); E getLast(); E peekFirst(); E peekLast(); void push(E e); E pop(); }
public abstract class AbstractCollection<E> implements Collection<E> { }
public abstract class AbstractList<E> extends AbstractCollection<E> implements List<E> { }
public class ArrayList<E> extends AbstractList<E> implements List<E> { public ArrayList(int n); public ArrayList(); public ArrayList(Collection<? extends E> c); }
public class LinkedList<E> extends AbstractList<E> implements List<E>, Deque<E> { public LinkedList(); public LinkedList(Collection<? extends E> c); public E getFirst(); public E getLast(); public E removeFirst(); public E removeLast(); public E remove(); public E remove(int i); public boolean remove(Object o); public boolean add(E e); public void add(int i, E e); }
public class ArrayDeque<E> extends AbstractCollection<E> implements Deque<E> { public ArrayDeque(); public ArrayDeque(Collection<? extends E> c); }
public class Stack<E> extends AbstractList<E> { public Stack(); public E push(E e); public E pop(); public E peek(); public boolean empty(); }
public class PriorityQueue<E> extends AbstractCollection<E> implements Queue<E> { public PriorityQueue(); public PriorityQueue(Comparator<? super E> c); public PriorityQueue(Collection<? extends E> c); }
public class HashSet<E> extends AbstractCollection<E> implements Set<E> { public HashSet(); public HashSet(Collection<? extends E> c); public HashSet(int n); }
public class LinkedHashSet<E> extends HashSet<E> implements Set<E> { public LinkedHashSet(); public LinkedHashSet(Collection<? extends E> c); }
public class TreeSet<E> extends AbstractCollection<E> implements SortedSet<E> { public TreeSet(); public TreeSet(Comparator<? super E> c); public TreeSet(Collection<? extends E> c); public E first(); public E last(); }
public interface Map<K, V> { int size(); boolean isEmpty(); boolean containsKey(Object k); boolean containsValue(Object v); V get(Object k); V put(K k, V v); V remove(Object k); void putAll(Map<? extends K, ? extends V> m); void clear(); Set<K> keySet(); Collection<V> values(); Set<Map.Entry<K, V>> entrySet(); default V getOrDefault(Object k, V v); default void forEach(java.util.function.BiConsumer<? super K, ? super V> f); default V putIfAbsent(K k, V v); default V computeIfAbsent(K k, java.util.function.Function<? super K, ? extends V> f); default V computeIfPresent(K k, java.util.function.BiFunction<? super K, ? super V, ? extends V> f); default V compute(K k, java.util.function.BiFunction<? super K, ? super V, ? extends V> f); default V merge(K k, V v, java.util.function.BiFunction<? super V, ? super V, ? extends V> f);
 static <K, V> Map<K, V> of(); static <K, V> Map<K, V> of(K a, V b); static <K, V> Map<K, V> of(K a, V b, K c, V d); static <K, V> Map<K, V> of(K a, V b, K c, V d, K e, V f); static <K, V> Map<K, V> of(K a, V b, K c, V d, K e, V f, K g, V h); static <K, V> Map<K, V> of(K a, V b, K c, V d, K e, V f, K g, V h, K i, V j); static <K, V> Map.Entry<K, V> entry(K k, V v);
 interface Entry<K, V> { K getKey(); V getValue(); V setValue(V v); static <K extends Comparable<? super K>, V> Comparator<Map.Entry<K, V>> comparingByKey(); static <K, V extends Comparable<? super V>> Comparator<Map.Entry<K, V>> comparingByValue(); } }
public class HashMap<K, V> implements Map<K, V> { public HashMap(int n); public HashMap(); public HashMap(Map<? extends K, ? extends V> m); }
public class LinkedHashMap<K, V> extends HashMap<K, V> implements Map<K, V> { public LinkedHashMap(); public LinkedHashMap(Map<? extends K, ? extends V> m); }
public class TreeMap<K, V> implements Map<K, V> { public TreeMap(); public TreeMap(Comparator<? super K> c); public TreeMap(Map<? extends K, ? extends V> m); public K firstKey(); public K lastKey(); public Map.Entry<K, V> firstEntry(); public Map.Entry<K, V> lastEntry(); }
public interface Comparator<T> { int compare(T a, T b); default Comparator<T> reversed(); default Comparator<T> thenComparing(Comparator<? super T> c); default <U extends Comparable<? super U>> Comparator<T> thenComparing(java.util.function.Function<? super T, ? extends U> f); static <T extends Comparable<? super T>> Comparator<T> reverseOrder(); static <T extends Comparable<? super T>> Comparator<T> naturalOrder(); static <T, U extends Comparable<? super U>> Comparator<T> comparing(java.util.function.Function<? super T, ? extends U> f); static <T> Comparator<T> comparingInt(java.util.function.ToIntFunction<? super T> f); static <T> Comparator<T> comparingDouble(java.util.function.ToDoubleFunction<? super T> f); }
public class Arrays { public static void sort(int[] a); public static void sort(long[] a); public static void sort(char[] a); public static void sort(double[] a); public static void sort(Object[] a); public static <T> void sort(T[] a, Comparator<? super T> c); public static boolean equals(int[] a, int[] b); public static boolean equals(Object[] a, Object[] b); public static void fill(int[] a, int v); public static void fill(long[] a, long v); public static void fill(char[] a, char v); public static void fill(boolean[] a, boolean v); public static void fill(double[] a, double v); public static void fill(Object[] a, Object v); public static <T> T[] copyOf(T[] a, int n); public static int[] copyOf(int[] a, int n); public static int[] copyOfRange(int[] a, int from, int to); public static <T> List<T> asList(T... a); public static String toString(long[] a); public static String toString(int[] a); public static String toString(char[] a); public static String toString(byte[] a); public static String toString(boolean[] a); public static String toString(double[] a); public static String toString(Object[] a); public static String deepToString(Object[] a); public static <T> java.util.stream.Stream<T> stream(T[] a); public static java.util.stream.IntStream stream(int[] a); public static int binarySearch(int[] a, int v); public static int hashCode(int[] a); }
public class Collections { public static <T extends Comparable<? super T>> void sort(List<T> l); public static <T> void sort(List<T> l, Comparator<? super T> c); public static void reverse(List<?> l); public static void shuffle(List<?> l, Random r); public static void swap(List<?> l, int i, int j); public static <T extends Comparable<? super T>> T min(Collection<? extends T> c); public static <T extends Comparable<? super T>> T max(Collection<? extends T> c); public static <T> List<T> unmodifiableList(List<? extends T> l); public static <T> List<T> emptyList(); public static <T> Comparator<T> reverseOrder(); public static int frequency(Collection<?> c, Object o); public static <T> boolean addAll(Collection<? super T> c, T... a); public static <T> List<T> nCopies(int n, T o); public static <T> List<T> synchronizedList(List<T> l); }
public final class Objects { public static boolean equals(Object a, Object b); public static int hashCode(Object o); public static int hash(Object... all); public static String toString(Object o); public static String toString(Object o, String other); public static <T> T requireNonNull(T o); public static <T> T requireNonNull(T o, String message); public static <T> T requireNonNullElse(T o, T other); public static boolean isNull(Object o); public static boolean nonNull(Object o); }
public final class Optional<T> { public static <T> Optional<T> empty(); public static <T> Optional<T> of(T v); public static <T> Optional<T> ofNullable(T v); public T get(); public boolean isPresent(); public boolean isEmpty(); public void ifPresent(java.util.function.Consumer<? super T> f); public Optional<T> filter(java.util.function.Predicate<? super T> f); public <U> Optional<U> map(java.util.function.Function<? super T, ? extends U> f); public T orElse(T o); public T orElseGet(java.util.function.Supplier<? extends T> f); public T orElseThrow(); }
public class OptionalInt { public int getAsInt(); public boolean isPresent(); public int orElse(int o); }
public class OptionalDouble { public double getAsDouble(); public boolean isPresent(); public double orElse(double o); }
public class Random { public Random(); public Random(long seed); public int nextInt(); public int nextInt(int n); public int nextInt(int a, int b); public long nextLong(); public boolean nextBoolean(); public double nextDouble(); }
public final class Scanner implements Iterator<String> { public Scanner(java.io.InputStream in); public Scanner(String s); public boolean hasNext(); public String next(); public boolean hasNextLine(); public String nextLine(); public boolean hasNextInt(); public int nextInt(); public long nextLong(); public double nextDouble(); public boolean nextBoolean(); public void close(); }
public final class StringJoiner { public StringJoiner(CharSequence by); public StringJoiner(CharSequence by, CharSequence before, CharSequence after); public StringJoiner add(CharSequence s); public String toString(); public int length(); }
`,
    `package java.io;
public interface Serializable { }
public abstract class InputStream { public abstract int read() throws IOException; public byte[] readAllBytes() throws IOException; public void close() throws IOException; }
public abstract class OutputStream { public void write(byte[] b) throws IOException; public abstract void write(int b) throws IOException; public void flush() throws IOException; public void close() throws IOException; }
public class PrintStream extends OutputStream { public void flush(); public void close(); public void print(boolean b); public void print(char c); public void print(int i); public void print(long l); public void print(float f); public void print(double d); public void print(char[] s); public void print(String s); public void print(Object o); public void println(); public void println(boolean b); public void println(char c); public void println(int i); public void println(long l); public void println(float f); public void println(double d); public void println(char[] s); public void println(String s); public void println(Object o); public PrintStream printf(String format, Object... args); public PrintStream format(String format, Object... args); }
public class Reader { }
public class InputStreamReader extends Reader { public InputStreamReader(InputStream in); }
public class BufferedReader extends Reader { public BufferedReader(Reader r); public String readLine() throws IOException; public void close() throws IOException; }
`,
    `package java.util.function;
public interface Function<T, R> { R apply(T t); default <V> Function<T, V> andThen(Function<? super R, ? extends V> f); static <T> Function<T, T> identity(); }
public interface BiFunction<T, U, R> { R apply(T t, U u); }
public interface UnaryOperator<T> extends Function<T, T> { }
public interface BinaryOperator<T> extends BiFunction<T, T, T> { }
public interface Supplier<T> { T get(); }
public interface Consumer<T> { void accept(T t); }
public interface BiConsumer<T, U> { void accept(T t, U u); }
public interface Predicate<T> { boolean test(T t); default Predicate<T> negate(); default Predicate<T> and(Predicate<? super T> p); default Predicate<T> or(Predicate<? super T> p); }
public interface BiPredicate<T, U> { boolean test(T t, U u); }
public interface IntFunction<R> { R apply(int i); }
public interface IntPredicate { boolean test(int i); }
public interface IntUnaryOperator { int applyAsInt(int i); }
public interface IntBinaryOperator { int applyAsInt(int a, int b); }
public interface IntConsumer { void accept(int i); }
public interface IntSupplier { int getAsInt(); }
public interface DoubleUnaryOperator { double applyAsDouble(double d); }
public interface DoubleBinaryOperator { double applyAsDouble(double a, double b); }
public interface ToIntFunction<T> { int applyAsInt(T t); }
public interface ToLongFunction<T> { long applyAsLong(T t); }
public interface ToDoubleFunction<T> { double applyAsDouble(T t); }
`,
    `package java.util.stream;
import java.util.*;
import java.util.function.*;
public interface Stream<T> { Stream<T> filter(Predicate<? super T> f); <R> Stream<R> map(Function<? super T, ? extends R> f); IntStream mapToInt(ToIntFunction<? super T> f); DoubleStream mapToDouble(ToDoubleFunction<? super T> f); <R> Stream<R> flatMap(Function<? super T, ? extends Stream<? extends R>> f); Stream<T> distinct(); Stream<T> sorted(); Stream<T> sorted(Comparator<? super T> c); Stream<T> peek(Consumer<? super T> f); Stream<T> limit(long n); Stream<T> skip(long n); void forEach(Consumer<? super T> f); Object[] toArray(); T reduce(T first, BinaryOperator<T> f); Optional<T> reduce(BinaryOperator<T> f); <R, A> R collect(Collector<? super T, A, R> c); List<T> toList(); Optional<T> min(Comparator<? super T> c); Optional<T> max(Comparator<? super T> c); long count(); boolean anyMatch(Predicate<? super T> f); boolean allMatch(Predicate<? super T> f); boolean noneMatch(Predicate<? super T> f); Optional<T> findFirst(); Optional<T> findAny(); static <T> Stream<T> of(T... all); }
public interface IntStream { IntStream filter(IntPredicate f); IntStream map(IntUnaryOperator f); <U> Stream<U> mapToObj(IntFunction<? extends U> f); Stream<Integer> boxed(); void forEach(IntConsumer f); int sum(); OptionalDouble average(); OptionalInt min(); OptionalInt max(); long count(); int[] toArray(); int reduce(int first, IntBinaryOperator f); IntStream limit(long n); boolean anyMatch(IntPredicate f); boolean allMatch(IntPredicate f); static IntStream range(int a, int b); static IntStream rangeClosed(int a, int b); static IntStream of(int... all); }
public interface DoubleStream { DoubleStream map(DoubleUnaryOperator f); double sum(); OptionalDouble average(); OptionalDouble min(); OptionalDouble max(); long count(); }
public interface Collector<T, A, R> { }
public final class Collectors { public static <T> Collector<T, ?, List<T>> toList(); public static <T> Collector<T, ?, Set<T>> toSet(); public static Collector<CharSequence, ?, String> joining(); public static Collector<CharSequence, ?, String> joining(CharSequence by); public static Collector<CharSequence, ?, String> joining(CharSequence by, CharSequence before, CharSequence after); public static <T> Collector<T, ?, Long> counting(); public static <T, K> Collector<T, ?, Map<K, List<T>>> groupingBy(Function<? super T, ? extends K> f); public static <T, K, A, D> Collector<T, ?, Map<K, D>> groupingBy(Function<? super T, ? extends K> f, Collector<? super T, A, D> c); public static <T, K, U> Collector<T, ?, Map<K, U>> toMap(Function<? super T, ? extends K> k, Function<? super T, ? extends U> v); }
`,
    `package java.net;
public class InetSocketAddress { public InetSocketAddress(int port); public InetSocketAddress(String host, int port); public int getPort(); }
public final class URI { public String getPath(); public String getQuery(); public String toString(); }
`,
    `package com.sun.net.httpserver;
public interface HttpHandler { void handle(HttpExchange e) throws java.io.IOException; }
public class HttpContext { }
public abstract class HttpServer { public static HttpServer create(java.net.InetSocketAddress a, int backlog) throws java.io.IOException; public abstract void start(); public abstract void stop(int delay); public abstract HttpContext createContext(String path, HttpHandler h); public abstract HttpContext createContext(String path); public abstract void setExecutor(java.util.concurrent.Executor e); public abstract java.net.InetSocketAddress getAddress(); }
public class Headers { public void set(String k, String v); public void add(String k, String v); public String getFirst(String k); }
public abstract class HttpExchange { public abstract Headers getRequestHeaders(); public abstract Headers getResponseHeaders(); public abstract java.net.URI getRequestURI(); public abstract String getRequestMethod(); public abstract void close(); public abstract java.io.InputStream getRequestBody(); public abstract java.io.OutputStream getResponseBody(); public abstract void sendResponseHeaders(int code, long length) throws java.io.IOException; }
`,
    `package java.util.concurrent;
public interface Executor { void execute(Runnable r); }
public class ConcurrentHashMap<K, V> extends java.util.HashMap<K, V> { public ConcurrentHashMap(); }
`,
    `package java.util.concurrent.atomic;
public class AtomicInteger extends Number { public AtomicInteger(); public AtomicInteger(int i); public final int get(); public final void set(int i); public final int incrementAndGet(); public final int getAndIncrement(); public final int decrementAndGet(); public final int addAndGet(int n); public int intValue(); public long longValue(); public float floatValue(); public double doubleValue(); public String toString(); }
public class AtomicLong extends Number { public AtomicLong(); public AtomicLong(long i); public final long get(); public final void set(long i); public final long incrementAndGet(); public final long getAndIncrement(); public final long addAndGet(long n); public int intValue(); public long longValue(); public float floatValue(); public double doubleValue(); public String toString(); }
`,
    `package java.nio.file;
import java.util.*;
public interface Path { String toString(); static Path of(String s, String... more); }
public final class Paths { public static Path get(String s, String... more); }
public final class Files { public static String readString(Path p) throws java.io.IOException; public static List<String> readAllLines(Path p) throws java.io.IOException; public static Path writeString(Path p, CharSequence s) throws java.io.IOException; public static boolean exists(Path p); }
`,
  ];
}
