module wenfang/bench

go 1.26.0
