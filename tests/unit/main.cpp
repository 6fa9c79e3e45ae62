#include "check.h"

int main() { return taipan::unit::run_all(); }
