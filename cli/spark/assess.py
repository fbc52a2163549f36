"""Judges records on Apache Spark: each partition goes through `ruhu assess`, line by line.

    spark-submit assess.py --out judged --ruhu /usr/local/bin/ruhu -- records.jsonl
"""

import argparse
import shlex
import sys

from pyspark.sql import SparkSession


def read_words(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", nargs="+", help="JSON Lines that Spark can read, by their addresses")
    parser.add_argument("--out", required=True, help="a folder that is not there yet")
    parser.add_argument("--ruhu", default="ruhu", help="where the program lies on every worker")
    parser.add_argument("--with", dest="words", default="--decide", help="words for `ruhu assess`")
    parser.add_argument("--partitions", type=int, default=None, help="at least so many pieces")
    return parser.parse_args(words)


def main(words):
    call = read_words(words)
    spark = SparkSession.builder.appName("ruhu assess").getOrCreate()
    context = spark.sparkContext
    lines = context.textFile(",".join(call.records), call.partitions)
    # 1 says that some records were refused, and their lines say so too; anything else is a
    # program that is missing or was called wrongly, and ends the job.
    assess = f"{shlex.quote(call.ruhu)} assess --quiet {call.words} 2>/dev/null; test $? -le 1"
    judged = lines.pipe(shlex.join(["sh", "-c", assess]), checkCode=True)
    judged.saveAsTextFile(call.out)
    # A line out for each in, in the same order: nobody was left out on the way.
    given, made = lines.filter(lambda line: line.strip() != "").count(), context.textFile(call.out).count()
    print(f"{given} records, {made} lines")
    spark.stop()
    return 0 if given == made else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
