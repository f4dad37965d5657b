package org.apache.hadoop.io;

/** What Hadoop can send and sort. Its type parameter is as Hadoop declares it. */
@SuppressWarnings("ComparableType")
public interface WritableComparable<T> extends Writable, Comparable<T> {}
