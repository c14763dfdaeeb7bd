package main

// maxrssUnit is the unit of the kernel's peak memory: bytes.
const maxrssUnit = 1
