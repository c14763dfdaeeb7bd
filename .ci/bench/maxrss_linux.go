package main

// maxrssUnit is the unit of the kernel's peak memory: kibibytes.
const maxrssUnit = 1024
