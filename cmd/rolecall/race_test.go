//go:build race

package main

// raceDetector makes everything here several times slower.
const raceDetector = true
